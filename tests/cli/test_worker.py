from __future__ import annotations

import io
import pickle

from gongkai.cli.worker import OUT_OF_MEMORY, Answer, perform, serve


class Raises:
    """A path that raises when it is looked at."""

    def __init__(self, error):
        self.error = error

    def __fspath__(self):
        raise self.error


class OneLineError(Exception):
    code = "some-code"


def asked(*tasks):
    answers = io.BytesIO()
    serve(io.BytesIO(b"".join(pickle.dumps(task) for task in tasks)), answers)
    answers.seek(0)
    found = []
    while answers.tell() < len(answers.getbuffer()):
        found.append(pickle.load(answers))
    return found


def test_tasks_are_answered_one_by_one_until_there_are_no_more(tmp_path):
    missing = str(tmp_path / "missing.html")
    answers = asked(("load", (missing,)), ("load", (missing,)))
    assert [answer.value for answer in answers] == [None, None]
    assert answers[0].refused == "找不到这个文件。请核对路径。"


def test_a_mistake_that_has_a_message_for_people_gives_just_that_message():
    assert perform("load", (Raises(OneLineError("文件设有密码。")),)) == Answer(refused="文件设有密码。")


def test_running_out_of_memory_ends_the_worker():
    assert perform("load", (Raises(MemoryError()),)) == Answer(refused=OUT_OF_MEMORY, spent=True)


def test_nesting_too_deep_is_said():
    assert perform("load", (Raises(RecursionError()),)).refused == "内容嵌套过深，已停止读取。请核对文件来源"


def test_a_fault_of_the_program_is_admitted_with_its_kind():
    refused = perform("load", (Raises(KeyError("x")),)).refused
    assert refused == "程序内部错误（KeyError: 'x'），未能读取。请把这个文件反馈给开发者"
