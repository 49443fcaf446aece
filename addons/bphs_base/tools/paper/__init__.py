"""Printed forms: what stands on the paper, how it is set, the fonts; out comes a PDF or a picture."""
