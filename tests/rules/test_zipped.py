import io
import zipfile

from odoo.addons.bphs_base.tools.zipped import zipped


def test_what_is_put_in_comes_out_in_its_order():
    files = [("乙.json", b"{}"), ("甲/一.pdf", b"%PDF")]
    with zipfile.ZipFile(io.BytesIO(zipped(files))) as archive:
        assert [(name, archive.read(name)) for name in archive.namelist()] == files
    with zipfile.ZipFile(io.BytesIO(zipped([]))) as archive:
        assert archive.namelist() == []
