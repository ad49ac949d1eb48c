"""What is said on the phone in each situation, in our words: whoever runs the desk may write their own (B1.1, B1.2)."""

from dataclasses import dataclass

from shared.lib.i18n import lazy


@dataclass(frozen=True, slots=True)
class Situation:
    """One situation on the phone: its name, when its card is shown, our words for it, and its clause."""

    name: str
    shown: str
    ours: str
    clause: str


PLACEHOLDERS = {
    "person": lazy("the person you want to reach"),
    "company": lazy("the company"),
    "caller": lazy("you"),
}  # with what is said while nobody has been named
GREETING, ABSENT, BACK = "greeting", "absent", "back"
SITUATIONS = {
    GREETING: Situation(
        lazy("Greeting"), lazy("on top of every call"), lazy("Hello, {company}."), "二.1.1",
    ),
    "answering": Situation(
        lazy("Answering"), lazy("until an outcome is chosen"),
        lazy("May I have your name and company? Whom would you like to speak to?"), "二.1.2",
    ),
    ABSENT: Situation(
        lazy("Who is wanted is absent"), lazy("when who is wanted is away, or nobody took it"),
        lazy("{person} is not available right now. May I take a message, or a number to call you back?"), "二.1.3",
    ),
    "busy": Situation(
        lazy("Line busy"), lazy("when the line is busy while putting through"),
        lazy("The line is busy. Would you like to wait, leave a message, or be called back?"), "二.1.3",
    ),
    "message": Situation(
        lazy("Message, read back"), lazy("until the message is read back"),
        lazy("Let me read it back to you, to be sure that nothing is wrong."), "二.1.6",
    ),
    "number": Situation(
        lazy("No number is given"), lazy("when the caller asks for somebody's number"),
        lazy("I may not give that number out. I will gladly pass on who called and what about."), "一.2.4",
    ),
    "complaint": Situation(
        lazy("Complaint"), lazy("where the complaint is written down"),
        lazy("I am sorry about this. I am writing it down and will see that the right person gets it."), "二.1.2",
    ),
    BACK: Situation(
        lazy("Calling back"), lazy("for a call that was missed"),
        lazy("Hello, this is {company}. I am sorry that nobody answered you. What can we do for you?"), "二.1.5",
    ),
    "wrong": Situation(
        lazy("Wrong number"), lazy("when it is a wrong number"),
        lazy("I think you have dialled a wrong number. This is {company}. Goodbye."), "二.1.2",
    ),
    "closing": Situation(
        lazy("Closing"), lazy("when everything is written down"),
        lazy("Thank you for calling. Goodbye."), "二.1.4",
    ),
}  # fmt: skip
