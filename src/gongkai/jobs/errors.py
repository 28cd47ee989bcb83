"""Why a worker does not start or does not go on."""

from __future__ import annotations


class SeatTakenError(RuntimeError):
    """Another worker holds the one seat that this one asked for."""

    code = "worker-seat-taken"

    def __init__(self, host: str, pid: int, since: str) -> None:
        super().__init__(
            f"已有检索工作进程在运行（主机 {host}，进程 {pid}，自 {since}）：索引只能由一个进程写入。"
            "请先停止它；要增加处理能力的，另开 gongkai worker --queues default,render。"
        )


class ForgottenError(RuntimeError):
    """A worker was silent for so long that another took it for dead; it must not go on beside its successor."""

    code = "worker-forgotten"

    def __init__(self) -> None:
        super().__init__(
            "本进程长时间没有报到，已被视为停止，其工作可能已由其他进程接手。现退出，请由守护程序重新启动。"
        )
