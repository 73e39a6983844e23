"""Judge: SpiffWorkflow executes each process on every way that people, messages and time can take.

    spiff_run.py PROCESS...                  tries all answers; every node must be passed and no case may get stuck
    spiff_run.py --cases CASES PROCESS       runs cases with their variables and compares the decision and the notice

The decisions stand beside the process in `entscheidungen.spiff*.dmn`. CASES is JSON: a list of objects with `name`, `variables`,
`erfuellt` (what the decision must say) and `bescheid` (the id of the task that issues the notice, or null).
"""
import datetime as real
import json
import re
import sys
from pathlib import Path
from xml.etree import ElementTree

from SpiffWorkflow.bpmn import BpmnWorkflow
from SpiffWorkflow.bpmn.script_engine import PythonScriptEngine, TaskDataEnvironment
from SpiffWorkflow.bpmn.specs.event_definitions import timer
from SpiffWorkflow.bpmn.util.event import BpmnEvent
from SpiffWorkflow.spiff.parser.process import SpiffBpmnParser
from SpiffWorkflow.util.task import TaskState

BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
MOST_RUNS = 3000
MOST_STEPS = 120


class Clock(real.datetime):
    """A clock that can be put forward."""

    ahead = real.timedelta()

    @classmethod
    def now(cls, zone=None):
        return real.datetime.now(zone) + cls.ahead


timer.datetime = Clock


class Services(TaskDataEnvironment):
    """Service tasks succeed; what they would have done is somebody else's test."""

    def call_service(self, task_data, **call):
        return json.dumps({"topic": call["operation_name"]})


class Process:
    def __init__(self, path):
        self.path = Path(path)
        self.tree = ElementTree.parse(path).getroot()
        self.id = self.tree.find(f"{BPMN}process").get("id")
        parser = SpiffBpmnParser()
        parser.add_bpmn_file(str(path))
        decisions = sorted(str(file) for file in self.path.parent.glob("entscheidungen.spiff*.dmn"))
        if decisions:
            parser.add_dmn_files(decisions)
        self.spec = parser.get_spec(self.id)
        self.messages = {e.get("id"): e.get("name") for e in self.tree.iter(f"{BPMN}message")}
        body = self.tree.find(f"{BPMN}process")
        kinds = ("Event", "Task", "task", "Gateway")
        self.nodes = {e.get("id"): e.tag[len(BPMN):] for e in body if e.tag.endswith(kinds)}
        self.limited = {event.get("attachedToRef") for event in body.iter(f"{BPMN}boundaryEvent")}
        self.catches = {}
        for event in body.iter(f"{BPMN}intermediateCatchEvent"):
            message = event.find(f"{BPMN}messageEventDefinition")
            if message is not None:
                self.catches[event.get("id")] = self.messages[message.get("messageRef")]
        # What gateways ask of the application itself: each value named there is tried, and none.
        self.asked = {}
        texts = [e.text or "" for e in body.iter(f"{BPMN}conditionExpression")]
        set_by_people = {"vollstaendig", "erfuellt"} | {f"{node}_antwort" for node in self.nodes}
        for name, value in re.findall(r'\b([A-Za-z_]\w*) (?:==|is) ("[^"]*"|True|False)', " ".join(texts)):
            if name not in set_by_people:
                self.asked.setdefault(name, [None]).append(json.loads(value.lower() if value[0] != '"' else value))
        words = re.findall(r"\b[A-Za-z_]\w*\b", " ".join(texts + self.decision_texts(decisions)))
        self.variables = {word: None for word in words} | {name: None for name in self.asked}
        for keyword in ("and", "or", "not", "None", "True", "False", "if", "else", "is", "in", "int", "str", "len", "min", "max"):
            self.variables.pop(keyword, None)

    @staticmethod
    def decision_texts(paths):
        return [e.text or "" for path in paths for e in ElementTree.parse(path).iter() if e.tag.endswith("}text")]

    def person_options(self, node, script):
        """What a person may enter at a task."""
        before = f"{node}_vier_augen" in self.nodes
        entered = [{f"{node}_von": "erste"}]
        if before:
            entered = [{f"{node}_von": "zweite"}, {f"{node}_von": "erste"}]
        if node.startswith("vollstaendigkeit_pruefen"):
            return [{**one, "vollstaendig": answer} for one in entered for answer in ("ja", "nein")]
        if node.startswith("entscheiden"):
            return [{**one, "erfuellt": answer} for one in entered for answer in ("ja", "nein")]
        if node.startswith("frage"):
            return [{**one, f"{node}_antwort": answer} for one in entered for answer in ("ja", "nein")]
        return entered


class Script:
    """The choices of one run: those given, then the first of each."""

    def __init__(self, given):
        self.given, self.taken = given, []

    def choose(self, options, seen):
        place = len(self.taken)
        # On the second visit only what leads on: rounds are tried once.
        count = len(options) if seen < 2 else 1
        choice = self.given[place] if place < len(self.given) else 0
        self.taken.append((choice, count))
        return options[choice]

    def next(self):
        """The choices of the next run, or None after the last."""
        taken = list(self.taken)
        while taken:
            choice, count = taken.pop()
            if choice + 1 < count:
                return [choice for choice, _ in taken] + [choice + 1]
        return None


def send(workflow, node):
    """The message arrives for which a node waits."""
    definition = workflow.spec.task_specs[node].event_definition
    for gateway in workflow.spec.task_specs[node].inputs:
        # SpiffWorkflow moves the definitions of events into the event-based gateway before them.
        if gateway.__class__.__name__ == "EventBasedGateway":
            definition = gateway.event_definition.event_definitions[[output.name for output in gateway.outputs].index(node)]
    workflow.send_event(BpmnEvent(definition, payload={}))


def run(process, variables, script, person=None):
    """Runs one case to its end; the nodes that were passed and the last data."""
    Clock.ahead = real.timedelta()
    workflow = BpmnWorkflow(process.spec, script_engine=PythonScriptEngine(Services()))
    workflow.data.update(variables)
    workflow.get_next_task(state=TaskState.ANY_MASK).data.update(variables)
    workflow.do_engine_steps()
    send(workflow, "eingang")
    visits = {}
    for _ in range(MOST_STEPS):
        workflow.do_engine_steps()
        workflow.refresh_waiting_tasks()
        workflow.do_engine_steps()
        if workflow.completed:
            break
        ready = [task for task in workflow.get_tasks(state=TaskState.READY) if task.task_spec.manual]
        if ready:
            task = ready[0]
            node = task.task_spec.bpmn_id
            visits[node] = visits.get(node, 0) + 1
            if person is not None:
                entered = person(node, task.data)
            else:
                options = process.person_options(node, script)
                # Where a deadline hangs on the task, nobody may come before it passes.
                entered = script.choose([*options, None] if node in process.limited else options, visits[node])
            if entered is None:
                Clock.ahead += real.timedelta(days=400)
                workflow.refresh_timers()
                continue
            task.data.update(entered)
            task.run()
            continue
        waiting = [task for task in workflow.get_tasks(state=TaskState.WAITING) if task.task_spec.bpmn_id in process.nodes]
        options, timed = [], False
        for task in waiting:
            node = task.task_spec.bpmn_id
            # An event-based gateway waits for the events behind it.
            behind = [output.name for output in task.task_spec.outputs] if process.nodes[node] == "eventBasedGateway" else []
            options += [("message", event) for event in [node, *behind] if event in process.catches]
            timed |= any(process.nodes.get(event, "").endswith("Event") and event not in process.catches for event in [node, *behind])
        if timed:
            options.append(("time", None))
        if not options:
            raise SystemExit(f"{process.path}: stuck at {[task.task_spec.bpmn_id for task in waiting]}")
        visits["wait"] = visits.get("wait", 0) + 1
        what, message = options[0] if script is None else script.choose(options, 1 if visits["wait"] < 8 else 2)
        if what == "message":
            send(workflow, message)
        else:
            Clock.ahead += real.timedelta(days=400)
            workflow.refresh_timers()
    if not workflow.completed:
        raise SystemExit(f"{process.path}: does not end; data {workflow.last_task.data if workflow.last_task else {}}")
    done = [task for task in workflow.get_tasks(state=TaskState.COMPLETED)]
    passed = [task.task_spec.bpmn_id for task in done if task.task_spec.bpmn_id in process.nodes]
    data = {}
    for task in done:
        data.update(task.data)
    return passed, data


def explore(process):
    passed, runs = set(), 0
    assignments = [{}]
    for name, values in process.asked.items():
        assignments = [{**known, name: value} for known in assignments for value in values][:16]
    for assignment in assignments:
        given = []
        while given is not None and runs < MOST_RUNS:
            script = Script(given)
            variables = {**process.variables, "antragsdatum": "2026-03-01", "entscheidungsdatum": "2026-03-01", **assignment}
            nodes, _ = run(process, variables, script)
            passed.update(nodes)
            runs += 1
            given = script.next()
    missed = sorted(set(process.nodes) - passed)
    print(f"{process.path}: {runs} cases, {len(passed)} of {len(process.nodes)} nodes passed")
    if missed:
        print(f"{process.path}: never passed: {', '.join(missed)}", file=sys.stderr)
    return not missed


def compare(process, cases):
    wrong = 0
    for case in cases:
        variables = {**process.variables, **case["variables"]}

        def person(node, data):
            return {f"{node}_von": "zweite" if f"{node}_vier_augen" in process.nodes else "erste", "vollstaendig": "ja"}

        passed, data = run(process, variables, None, person)
        if data.get("erfuellt") != case["erfuellt"]:
            wrong += 1
            print(f"{case['name']}: the engine says {data.get('erfuellt')}, expected {case['erfuellt']}", file=sys.stderr)
        elif case.get("bescheid") and case["bescheid"] not in passed:
            wrong += 1
            print(f"{case['name']}: {case['bescheid']} was not issued; passed {passed}", file=sys.stderr)
    print(f"{process.path}: {len(cases)} cases, {wrong} differ")
    return wrong == 0


def main(arguments):
    if not arguments:
        print("no process to judge", file=sys.stderr)
        return 2
    if arguments[0] == "--cases":
        cases = json.loads(Path(arguments[1]).read_text(encoding="utf-8"))
        return 0 if compare(Process(arguments[2]), cases) else 1
    return 0 if all([explore(Process(path)) for path in arguments]) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
