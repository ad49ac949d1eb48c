"""The bench of the phone register in its small form: every figure of a target is there, and nothing comes in twice."""

from concurrent.futures import ThreadPoolExecutor

from shared.phone import cdr
from tests.bench import calls, targets
from tests.shared.phone.lists import ASTERISK, NOW


def test_the_small_bench_tells_every_figure_that_has_a_target() -> None:
    with ThreadPoolExecutor(1) as apart:  # browsers leave a loop of theirs in the thread of the tests
        found = apart.submit(calls.measure, "small").result()
    assert {target.figure for target in targets.CALLS} <= found.keys()
    assert found["the same list changed something"] == 0
    assert min(value for name, value in found.items() if name.endswith((" s", " ms"))) > 0


def test_the_list_of_the_bench_has_a_call_in_every_line_and_fits_into_one_upload() -> None:
    data = calls.listed(300, "m0-0", now=NOW)
    assert len(data) / 300 * cdr.ROWS < cdr.BYTES
    read = cdr.read(data, ASTERISK, now=NOW)
    assert (len(read.records), read.errors) == (300, 0)
    assert sum(not one.answered for one in read.records.values()) == 75
