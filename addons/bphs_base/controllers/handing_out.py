"""Files as downloads, the same way for every address that gives one."""

from werkzeug.exceptions import NotFound

from odoo.exceptions import AccessError, MissingError, UserError
from odoo.http import content_disposition, request

TYPES = {
    "pdf": "application/pdf",
    "png": "image/png",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def hand_out(make, kind):
    """Answer with a file that no browser keeps.

    :param make: gives (file name, bytes), as whoever asks may have them
    :param str kind: of TYPES
    :return: the file, or the words of a UserError as plain text with status 422
    :raise NotFound: it is not there, or not to be read: an address does not tell which
    """
    try:
        file_name, content = make()
    except (AccessError, MissingError) as error:
        raise NotFound() from error
    except UserError as error:
        return request.make_response(str(error), headers=[("Content-Type", "text/plain; charset=utf-8")], status=422)
    return request.make_response(
        content,
        headers=[
            ("Content-Type", TYPES[kind]),
            ("Content-Length", len(content)),
            ("Content-Disposition", content_disposition(file_name)),
            ("X-Content-Type-Options", "nosniff"),
            ("Cache-Control", "no-store"),
        ],
    )
