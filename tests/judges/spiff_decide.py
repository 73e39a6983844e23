"""Judge: SpiffWorkflow's own decision engine decides the cases that our evaluator has decided, and comes to the same.

    spiff_decide.py VECTORS.json    [{ "file": "….dmn", "vectors": [{ "title", "inputs": {…}, "expected": { "<output>": value } }] }]
"""

import json
import sys
from types import SimpleNamespace

from lxml import etree
from SpiffWorkflow.bpmn.script_engine import PythonScriptEngine
from SpiffWorkflow.dmn.engine.DMNEngine import DMNEngine
from SpiffWorkflow.dmn.parser.DMNParser import DMNParser

MODEL = {"dmn": "https://www.omg.org/spec/DMN/20191111/MODEL/"}


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        groups = json.load(file)
    workflow = SimpleNamespace(script_engine=PythonScriptEngine())
    compared, findings = 0, []
    for group in groups:
        parser = DMNParser(None, etree.parse(group["file"]).getroot(), MODEL, filename=group["file"])
        parser.parse()
        engine = DMNEngine(parser.decision.decisionTables[0])
        for vector in group["vectors"]:
            task = SimpleNamespace(data=dict(vector["inputs"]), workflow=workflow)
            try:
                result = dict(engine.result(task))
            except Exception as error:  # An engine that stops is a finding like a wrong value.
                result = repr(error)
            compared += 1
            if result != vector["expected"] or [type(it) for it in result.values()] != [type(it) for it in vector["expected"].values()]:
                findings.append(f"{group['file']}: „{vector['title']}“: {result}, expected {vector['expected']}")
    print(f"{compared} cases compared")
    for finding in findings[:40]:
        print(finding, file=sys.stderr)
    sys.exit(0 if compared and not findings else 1)


if __name__ == "__main__":
    main()
