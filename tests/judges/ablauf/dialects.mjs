// What is known about each engine's dialect: by the second part of the name, as in `prozess.c8.bpmn`.
// The descriptors of camunda and zeebe cannot be loaded together.

/** The moddle descriptors and the extra lint rules for a file. */
export function dialect(path, require) {
  if (path.endsWith(".c7.bpmn")) {
    return { moddle: { camunda: require("camunda-bpmn-moddle/resources/camunda.json") }, rules: "plugin:camunda-compat/camunda-platform-7-24" };
  }
  if (path.endsWith(".c8.bpmn")) {
    return { moddle: { zeebe: require("zeebe-bpmn-moddle/resources/zeebe.json") }, rules: "plugin:camunda-compat/camunda-cloud-8-6" };
  }
  return { moddle: {}, rules: undefined };
}
