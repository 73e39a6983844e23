package de.blaupause.engines;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Runs cases on each engine and compares the decision and the notice: {@code Cases FOLDER CASES [FOLDER CASES]...}.
 *
 * <p>CASES is JSON: a list of objects with name, variables, erfuellt and bescheid (the id of the task that issues the notice, or
 * null). Each process also goes once through a request for documents that are handed in, and once through one that nobody answers.
 */
public final class Cases {
    private static final int MOST_STEPS = 100;

    private Cases() {}

    /** How a case goes where people and time decide. */
    private enum Course { COMPLETE, HANDED_IN, NOT_ANSWERED }

    public static void main(String[] arguments) throws Exception {
        int wrong = 0;
        for (Engine engine : List.of(new Operaton(), new Flowable())) {
            int count = 0;
            for (int place = 0; place + 1 < arguments.length; place += 2) {
                engine.deploy(Path.of(arguments[place]));
                JsonNode cases = new ObjectMapper().readTree(Path.of(arguments[place + 1]).toFile());
                for (JsonNode one : cases) {
                    wrong += compare(engine, one);
                    count++;
                }
                for (Course course : List.of(Course.HANDED_IN, Course.NOT_ANSWERED)) {
                    run(engine, variables(cases.get(0)), course);
                    count++;
                }
            }
            System.out.println(engine.name() + ": " + count + " cases");
        }
        System.out.println(wrong + " differ");
        System.exit(wrong == 0 ? 0 : 1);
    }

    private static Map<String, Object> variables(JsonNode one) {
        Map<String, Object> variables = new HashMap<>();
        one.get("variables").fields().forEachRemaining(field -> {
            JsonNode value = field.getValue();
            variables.put(field.getKey(), value.isNull() ? null : value.isBoolean() ? (Object) value.asBoolean()
                    : value.isIntegralNumber() ? (Object) value.asLong() : value.asText());
        });
        return variables;
    }

    private static int compare(Engine engine, JsonNode one) {
        String instance = run(engine, variables(one), Course.COMPLETE);
        String name = engine.name() + ": " + one.get("name").asText();
        Object decided = engine.variable(instance, "erfuellt");
        if (!Objects.equals(decided, one.get("erfuellt").asText())) {
            System.err.println(name + ": decides " + decided + ", expected " + one.get("erfuellt").asText());
            return 1;
        }
        if (!one.get("bescheid").isNull() && !engine.passed(instance).contains(one.get("bescheid").asText())) {
            System.err.println(name + ": does not issue " + one.get("bescheid").asText() + ", passed " + engine.passed(instance));
            return 1;
        }
        return 0;
    }

    /** Lets one case take its course to its end. */
    private static String run(Engine engine, Map<String, Object> variables, Course course) {
        String instance = engine.start(variables);
        int asked = 0;
        for (int step = 0; step < MOST_STEPS; step++) {
            if (engine.ended(instance)) {
                return instance;
            }
            List<String> tasks = engine.tasks(instance);
            if (!tasks.isEmpty()) {
                String task = tasks.get(0);
                Map<String, Object> entered = new HashMap<>();
                // A second pair of eyes: whoever approves is another person than before.
                entered.put(task + "_von", "person " + step);
                if (task.startsWith("vollstaendigkeit_pruefen")) {
                    entered.put("vollstaendig", course == Course.COMPLETE || asked > 0 ? "ja" : "nein");
                    asked++;
                }
                engine.complete(instance, task, entered);
            } else if (engine.work(instance) == 0) {
                boolean sent = course == Course.HANDED_IN && engine.send(instance, "nachgereicht");
                if (!sent && !engine.pass(instance)) {
                    throw new IllegalStateException(engine.name() + ": stuck, passed " + engine.passed(instance));
                }
            }
        }
        throw new IllegalStateException(engine.name() + ": does not end, passed " + engine.passed(instance));
    }
}
