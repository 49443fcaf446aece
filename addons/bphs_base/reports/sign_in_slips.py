"""The slips with first passwords, one under the other, to be cut apart and handed over."""

from dataclasses import dataclass

from ..tools.paper.form import CutLine, Fields, Form, Text

HOW = "首次登录时系统会要求设置新密码，此后本凭条上的密码即作废。请勿转借、拍照外传。"


@dataclass(frozen=True)
class Slip:
    """What one person is handed."""

    name: str
    place: str
    login: str
    password: str


def slips_form(slips, bureau, address):
    """:param bureau: who hands them out
    :param address: where they sign in
    """
    blocks = []
    for number, slip in enumerate(slips):
        if number:
            blocks.append(CutLine("沿此线裁开"))
        blocks.append(
            Fields(
                (
                    (("姓名", slip.name), ("机构", slip.place)),
                    (("登录名", slip.login), ("初始密码", slip.password)),
                    (("网址", address),),
                )
            )
        )
        blocks.append(Text(HOW))
    return Form(title="登录凭条", blocks=tuple(blocks), issuers=(bureau,), unit="", signatures=())
