package de.blaupause.engines;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.flowable.dmn.engine.configurator.DmnEngineConfigurator;
import org.flowable.engine.ProcessEngine;
import org.flowable.engine.impl.cfg.StandaloneInMemProcessEngineConfiguration;

/** Flowable with its DMN engine. */
final class Flowable implements Engine {
    private final ProcessEngine engine;

    Flowable() {
        var configuration = new StandaloneInMemProcessEngineConfiguration();
        configuration.setJdbcUrl("jdbc:h2:mem:flowable;DB_CLOSE_DELAY=-1");
        configuration.setDatabaseSchemaUpdate("true");
        configuration.addConfigurator(new DmnEngineConfigurator());
        engine = configuration.buildProcessEngine();
    }

    @Override
    public String name() {
        return "Flowable";
    }

    @Override
    public void deploy(Path folder) throws Exception {
        for (var old : engine.getRepositoryService().createDeploymentQuery().list()) {
            engine.getRepositoryService().deleteDeployment(old.getId(), true);
        }
        var deployment = engine.getRepositoryService().createDeployment();
        deployment.addInputStream("prozess.bpmn20.xml", Files.newInputStream(folder.resolve("prozess.flowable.bpmn")));
        var decisions = folder.resolve("entscheidungen.flowable.dmn");
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
        var jobs = engine.getManagementService().createExternalWorkerJobQuery().processInstanceId(instance).list();
        for (var job : jobs) {
            var acquired = engine.getManagementService().createExternalWorkerJobAcquireBuilder()
                    .topic(job.getJobHandlerConfiguration(), java.time.Duration.ofMinutes(1)).acquireAndLock(100, "worker");
            for (var mine : acquired) {
                engine.getManagementService().createExternalWorkerCompletionBuilder(mine.getId(), "worker").complete();
            }
        }
        var follow = engine.getManagementService().createJobQuery().processInstanceId(instance).list();
        follow.forEach(job -> engine.getManagementService().executeJob(job.getId()));
        return jobs.size() + follow.size();
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
        var timers = engine.getManagementService().createTimerJobQuery().processInstanceId(instance).list();
        if (timers.isEmpty()) {
            return false;
        }
        var job = engine.getManagementService().moveTimerToExecutableJob(timers.get(0).getId());
        engine.getManagementService().executeJob(job.getId());
        return true;
    }

    @Override
    public boolean ended(String instance) {
        return engine.getRuntimeService().createProcessInstanceQuery().processInstanceId(instance).count() == 0;
    }

    @Override
    public Object variable(String instance, String name) {
        var found = engine.getHistoryService().createHistoricVariableInstanceQuery()
                .processInstanceId(instance).variableName(name).singleResult();
        return found == null ? null : found.getValue();
    }

    @Override
    public List<String> passed(String instance) {
        return engine.getHistoryService().createHistoricActivityInstanceQuery().processInstanceId(instance).list().stream()
                .map(activity -> activity.getActivityId()).toList();
    }
}
