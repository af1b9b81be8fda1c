package io.loanledger.benchmarks.subject;

import java.lang.management.ManagementFactory;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;

/**
 * What Kafka's own meters of this process say about the consumers that fill its stores from changelogs.
 *
 * @param partitions that they read
 * @param most records that any of them lacks
 */
record RestoreLag(int partitions, long most) {

    private static final String LAG = "records-lag";

    static RestoreLag now() {
        MBeanServer meters = ManagementFactory.getPlatformMBeanServer();
        int partitions = 0;
        long most = 0;
        for (ObjectName each : meters.queryNames(ofRestoreConsumers(), null)) {
            try {
                double lag = ((Number) meters.getAttribute(each, LAG)).doubleValue();
                if (!Double.isNaN(lag)) {
                    partitions++;
                    most = Math.max(most, Math.round(lag));
                }
            } catch (JMException goneMeanwhile) {
                // A partition that was given away since it was named.
            }
        }
        return new RestoreLag(partitions, most);
    }

    private static ObjectName ofRestoreConsumers() {
        try {
            return new ObjectName("kafka.consumer:type=consumer-fetch-manager-metrics,"
                    + "client-id=*-restore-consumer,topic=*,partition=*");
        } catch (MalformedObjectNameException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
