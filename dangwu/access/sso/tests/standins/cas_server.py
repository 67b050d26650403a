"""A CAS 3.0 server: a ticket is good once, and for the service that it was given to only."""

from typing import ClassVar

from dangwu.access.sso.tests.standins.serving import Answer, Question, StandIn, sent_to

OPENING = '<cas:serviceResponse xmlns:cas="http://www.yale.edu/tp/cas">'
SUCCESS = """
<cas:authenticationSuccess>
  <cas:user>{person}</cas:user>
  <cas:attributes>
    <cas:employeeNumber>{username}</cas:employeeNumber>
    <cas:mail>someone@example.com</cas:mail>
  </cas:attributes>
</cas:authenticationSuccess>"""
FAILURE = '<cas:authenticationFailure code="INVALID_TICKET">Ticket not recognised</cas:authenticationFailure>'
CLOSING = "</cas:serviceResponse>"


class CasServer(StandIn):
    kind = "cas"

    def written(self) -> dict[str, str]:
        return {"server": f"{self.address}/cas"}

    def login(self, question: Question) -> Answer:
        service = question.fields["service"]
        return sent_to(service, ticket="ST-" + self.new_code(service=service))

    def validate(self, question: Question) -> Answer:
        kept = self.codes.pop(question.fields["ticket"].removeprefix("ST-"), {})
        if kept.get("service") != question.fields["service"]:
            return Answer(OPENING + FAILURE + CLOSING)
        success = SUCCESS.format(person=kept["person"], username=self.username)
        return Answer(OPENING + success + CLOSING)

    routes: ClassVar = {"/cas/login": login, "/cas/p3/serviceValidate": validate}
