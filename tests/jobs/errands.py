"""Tasks for the worker to do: tasks must be functions of a module."""

from django_tasks import task

done: list[object] = []
broken: list[str] = []


@task(queue_name="render")
def errand(word):
    if broken:
        raise ValueError(broken[0])
    done.append(word)
    return word


@task(takes_context=True)
def counted(context):
    done.append(context.attempt)
