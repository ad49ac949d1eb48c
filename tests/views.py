"""In which sizes, languages and themes each walk is looked at."""

STANDING, LYING, SCREEN, PHONE = (768, 1024), (1024, 768), (1280, 800), (390, 844)
VIEWS = {  # walk: size, language, theme
    "console": (
        (SCREEN, "zh", ""),
        (SCREEN, "en", ""),
        (SCREEN, "zh", "dark"),
        (LYING, "zh", ""),
        (STANDING, "en", ""),
    ),
    "due": tuple(
        (size, language, theme)
        for size in (SCREEN, LYING, STANDING, PHONE)
        for language, theme in (("zh", ""), ("en", ""), ("zh", "dark"))
    ),
    "console-phone": ((PHONE, "zh", ""), (PHONE, "en", "")),
    "office": ((SCREEN, "zh", ""), (SCREEN, "en", ""), (PHONE, "zh", ""), (STANDING, "en", "dark")),
    "reports": (
        (SCREEN, "zh", ""),
        (SCREEN, "en", "dark"),
        (STANDING, "zh", ""),
        (STANDING, "en", ""),
        (PHONE, "zh", ""),
        (PHONE, "en", ""),
    ),
    "kiosk": (
        *((size, language, "") for size in (STANDING, LYING) for language in ("zh", "en")),
        (LYING, "zh", "dark"),
    ),
    "pictured": (
        *((size, language, "") for size in (STANDING, LYING) for language in ("zh", "en")),
        (LYING, "zh", "dark"),
    ),
    "away": ((STANDING, "zh", ""), (LYING, "en", "")),
    "tablet": ((STANDING, "zh", ""), (LYING, "en", "")),
    "messages": ((SCREEN, "zh", ""), (SCREEN, "en", ""), (PHONE, "zh", ""), (PHONE, "en", "")),
    "roll-call": ((SCREEN, "zh", ""), (SCREEN, "en", "dark"), (PHONE, "zh", ""), (PHONE, "en", "")),
    "me": ((PHONE, "zh", ""), (PHONE, "en", ""), (PHONE, "zh", "dark"), (SCREEN, "zh", "")),
    "door": ((SCREEN, "zh", ""), (PHONE, "en", "")),
    "set-up": ((SCREEN, "zh", ""), (PHONE, "en", "")),
}
View = tuple[tuple[int, int], str, str]
