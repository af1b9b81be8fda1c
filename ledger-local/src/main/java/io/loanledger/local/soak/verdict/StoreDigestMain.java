package io.loanledger.local.soak.verdict;

import io.loanledger.events.service.ServicePhase;
import io.loanledger.streams.service.LedgerService;
import io.loanledger.streams.service.LedgerSettings;
import io.loanledger.streams.wire.StateDigest;
import io.loanledger.streams.wire.StoredLoan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.streams.errors.InvalidStateStoreException;

/**
 * The main class of a process that runs one instance of the ledger, alone, over the folder of an instance of the soak, waits until it
 * holds so many loans, prints the digest of its stores in one line and ends. Its settings are those of the instance, from the environment.
 *
 * <p>When the loans do not come together in time, the line says what there is.
 */
public final class StoreDigestMain {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Duration LOOK = Duration.ofMillis(250);

    private StoreDigestMain() {}

    public static void main(String[] arguments) throws InterruptedException {
        int expected = Integer.parseInt(arguments[0]);
        StateDigest digest;
        try (LedgerService service = LedgerService.start(LedgerSettings.from(LedgerSettings.TABLE.readEnvironment()))) {
            List<StoredLoan> loans = await(service, expected);
            digest = StateDigest.of(loans);
        }
        System.out.println(StoreDigests.MARK + digest.loans() + " " + digest.sha256());
        System.exit(0);
    }

    private static List<StoredLoan> await(LedgerService service, int expected) throws InterruptedException {
        long giveUpAt = System.nanoTime() + PATIENCE.toNanos();
        List<StoredLoan> loans = List.of();
        while (System.nanoTime() < giveUpAt) {
            if (service.phase() == ServicePhase.RUNNING) {
                loans = read(service);
                if (loans.size() >= expected) {
                    return loans;
                }
            }
            TimeUnit.NANOSECONDS.sleep(LOOK.toNanos());
        }
        return loans;
    }

    private static List<StoredLoan> read(LedgerService service) {
        var loans = new ArrayList<StoredLoan>();
        try {
            service.forEachLoan(loans::add);
        } catch (InvalidStateStoreException moving) {
            // A task is just coming or going.
            return List.of();
        }
        return loans;
    }
}
