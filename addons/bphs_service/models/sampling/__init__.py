from . import bphs_exam_sample
from . import bphs_exam_sample_line
