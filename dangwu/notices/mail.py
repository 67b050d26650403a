"""Handing an e-mail in at the office's mail server. No such server tells later whether it had a mail before, so what
may have arrived is never sent again.
"""

import smtplib
from email.utils import make_msgid

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend

from dangwu.notices.gateways import Answer, Outcome
from dangwu.notices.services.opening import Parcel

PERMANENT = 500  # from this code on, a mail server says that trying again is no use
LATER = "邮件服务器暂时不收"
DOUBTFUL = "交给邮件服务器时中断，不知道是否已经送达；为免重复，没有再发"


def send_mail(parcel: Parcel) -> Answer:
    """Hand one e-mail in. UNSURE means that it has surely not arrived and may be tried again."""
    try:
        connection = get_connection(timeout=10)
        connection.open()
    except (OSError, smtplib.SMTPException):
        return Answer(Outcome.UNSURE, "连不上邮件服务器")
    try:
        return _handed_in(parcel, connection)
    finally:
        _leave(connection)


def _handed_in(parcel: Parcel, connection: BaseEmailBackend) -> Answer:
    headers = {"Message-ID": make_msgid(parcel.uid.hex, domain="dangwu"), "Auto-Submitted": "auto-generated"}
    message = EmailMessage(parcel.about, parcel.text, settings.MAIL_FROM, [parcel.to], headers=headers)
    message.connection = connection
    try:
        message.send()
    except smtplib.SMTPRecipientsRefused as refused:
        code, _ = next(iter(refused.recipients.values()))
        return _refused(code)
    except smtplib.SMTPResponseException as refused:
        return _refused(refused.smtp_code)
    except (OSError, smtplib.SMTPException):
        return Answer(Outcome.FAILED, DOUBTFUL)
    return Answer(Outcome.ACCEPTED)


def _refused(code: int) -> Answer:
    if code >= PERMANENT:
        return Answer(Outcome.FAILED, f"邮件服务器拒收（{code}），请核对电子邮箱")
    return Answer(Outcome.UNSURE, f"{LATER}（{code}）")


def _leave(connection: BaseEmailBackend) -> None:
    try:
        connection.close()
    except (OSError, smtplib.SMTPException):  # it is in: how the goodbye goes does not matter
        return
