import {KEEPERS} from "@bphs_rectification/evidence_upload/evidence_upload";

KEEPERS["bphs.evaluation.line"] = (record) => ({
    model: "bphs.evaluation.evidence",
    target: {line_id: record.resId},
});
