package de.blaupause.engines;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** What is asked of every engine: deploy the files of a folder, and let one case take its course. */
interface Engine {
    /** The name for reports. */
    String name();

    /** Deploys the process and the decisions of a folder, unchanged. */
    void deploy(Path folder) throws Exception;

    /** Starts a case with the message that brings the application. */
    String start(Map<String, Object> variables);

    /** The ids of the user tasks that wait. */
    List<String> tasks(String instance);

    /** A person completes a task. */
    void complete(String instance, String task, Map<String, Object> entered);

    /** Workers do what external tasks ask; how many there were. */
    int work(String instance);

    /** Whether the case waits for a message of this name; it is sent. */
    boolean send(String instance, String message);

    /** Puts the clock forward past the next timer, if one waits. */
    boolean pass(String instance);

    /** Whether the case has ended. */
    boolean ended(String instance);

    /** The last value of a variable. */
    Object variable(String instance, String name);

    /** The ids of everything that was passed. */
    List<String> passed(String instance);
}
