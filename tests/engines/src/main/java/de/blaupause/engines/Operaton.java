package de.blaupause.engines;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.operaton.bpm.engine.ProcessEngine;
import org.operaton.bpm.engine.ProcessEngineConfiguration;

/** Operaton, for the dialect that Camunda 7 and CIB seven read too. */
final class Operaton implements Engine {
    private final ProcessEngine engine;

    Operaton() {
        engine = ProcessEngineConfiguration.createStandaloneInMemProcessEngineConfiguration()
                .setJdbcUrl("jdbc:h2:mem:operaton;DB_CLOSE_DELAY=-1")
                .setJobExecutorActivate(false)
                .setHistory(ProcessEngineConfiguration.HISTORY_FULL)
                .buildProcessEngine();
    }

    @Override
    public String name() {
        return "Operaton";
    }

    @Override
    public void deploy(Path folder) throws Exception {
        for (var old : engine.getRepositoryService().createDeploymentQuery().list()) {
            engine.getRepositoryService().deleteDeployment(old.getId(), true);
        }
        var deployment = engine.getRepositoryService().createDeployment();
        deployment.addInputStream("prozess.bpmn", Files.newInputStream(folder.resolve("prozess.c7.bpmn")));
        var decisions = folder.resolve("entscheidungen.dmn");
        if (Files.exists(decisions)) {
            deployment.addInputStream("entscheidungen.dmn", Files.newInputStream(decisions));
        }
        deployment.deploy();
        if (engine.getRepositoryService().createProcessDefinitionQuery().count() != 1) {
            throw new IllegalStateException("no process was deployed");
        }
    }

    @Override
    public String start(Map<String, Object> variables) {
        return engine.getRuntimeService().startProcessInstanceByMessage("antrag", variables).getId();
    }

    @Override
    public List<String> tasks(String instance) {
        return engine.getTaskService().createTaskQuery().processInstanceId(instance).list().stream()
                .map(task -> task.getTaskDefinitionKey()).toList();
    }

    @Override
    public void complete(String instance, String task, Map<String, Object> entered) {
        var found = engine.getTaskService().createTaskQuery().processInstanceId(instance).taskDefinitionKey(task).list().get(0);
        engine.getTaskService().complete(found.getId(), entered);
    }

    @Override
    public int work(String instance) {
        var tasks = engine.getExternalTaskService().createExternalTaskQuery().processInstanceId(instance).list();
        for (var task : tasks) {
            engine.getExternalTaskService().lock(task.getId(), "worker", 60_000);
            engine.getExternalTaskService().complete(task.getId(), "worker");
        }
        return tasks.size();
    }

    @Override
    public boolean send(String instance, String message) {
        var waiting = engine.getRuntimeService().createEventSubscriptionQuery()
                .processInstanceId(instance).eventType("message").eventName(message).list();
        if (waiting.isEmpty()) {
            return false;
        }
        engine.getRuntimeService().messageEventReceived(message, waiting.get(0).getExecutionId());
        return true;
    }

    @Override
    public boolean pass(String instance) {
        var jobs = engine.getManagementService().createJobQuery().processInstanceId(instance).list();
        if (jobs.isEmpty()) {
            return false;
        }
        engine.getManagementService().executeJob(jobs.get(0).getId());
        return true;
    }

    @Override
    public boolean ended(String instance) {
        return engine.getRuntimeService().createProcessInstanceQuery().processInstanceId(instance).count() == 0;
    }

    @Override
    public Object variable(String instance, String name) {
        var found = engine.getHistoryService().createHistoricVariableInstanceQuery().processInstanceId(instance).variableName(name).list();
        return found.isEmpty() ? null : found.get(0).getValue();
    }

    @Override
    public List<String> passed(String instance) {
        return engine.getHistoryService().createHistoricActivityInstanceQuery().processInstanceId(instance).list().stream()
                .map(activity -> activity.getActivityId()).toList();
    }
}
