"""Files as downloads, the same way for every address that gives one."""

from tempfile import TemporaryFile

from werkzeug.exceptions import NotFound
from werkzeug.wsgi import wrap_file

from odoo.exceptions import AccessError, MissingError, UserError
from odoo.http import Response, content_disposition, request

TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "png": "image/png",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "zip": "application/zip",
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
        return _refused(error)
    return request.make_response(content, headers=_headers(file_name, kind, len(content)))


def hand_out_large(write, kind):
    """Answer with a file too large for memory: written to a temporary one, and sent from there piece by piece.

    :param write: writes into the stream it is given, as whoever asks may have it, and gives the file's name
    :return: as :func:`hand_out`
    """
    # Closed by the response, or when nobody holds it any more.
    stream = TemporaryFile()  # noqa: SIM115  # pylint: disable=consider-using-with
    try:
        file_name = write(stream)
    except (AccessError, MissingError) as error:
        raise NotFound() from error
    except UserError as error:
        return _refused(error)
    size = stream.seek(0, 2)
    stream.seek(0)
    body = wrap_file(request.httprequest.environ, stream)
    return Response(body, headers=_headers(file_name, kind, size), direct_passthrough=True)


def _refused(error):
    return request.make_response(str(error), headers=[("Content-Type", "text/plain; charset=utf-8")], status=422)


def _headers(file_name, kind, size):
    return [
        ("Content-Type", TYPES[kind]),
        ("Content-Length", size),
        ("Content-Disposition", content_disposition(file_name)),
        ("X-Content-Type-Options", "nosniff"),
        ("Cache-Control", "no-store"),
    ]
