"""Notices to organisations and people: drafted, read over and sent by a person, with what became of each delivery.

Nothing is sent by itself: `services.drafting` writes drafts, `services.sending` releases what somebody has read. Within
the product a notice is delivered at once; `transmitting` hands e-mails and short messages over as time goes by, each
at most once, through `mail` and `gateways`. `opening_hours` says when. Nobody but the recipient learns whether he has
read it.
"""
