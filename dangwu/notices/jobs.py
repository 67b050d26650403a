"""What notices do by themselves: those that a person has sent go on their way."""

from datetime import datetime, timedelta

from dangwu.foundation.ticking import job
from dangwu.notices.gateways import site_gateway
from dangwu.notices.queries import can_sms
from dangwu.notices.transmitting import transmit


@job("notices", "发送通知的电子邮件和短信", every=timedelta(minutes=1))
def transmit_notices(now: datetime) -> str:
    """Hand over what is due and ask what became of the rest."""
    return transmit(now, site_gateway() if can_sms() else None)
