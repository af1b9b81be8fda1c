package io.loanledger.benchmarks.measure;

import io.loanledger.benchmarks.BenchPlan;
import io.loanledger.benchmarks.report.Series;
import io.loanledger.benchmarks.world.LocalPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The same jobs on a database: a table of loans with their price of sale, and an index on it. Without durability, and without anything around
 * the table, which favours it.
 */
public final class Postgres {

    /** Why a measure against it was left out. */
    public static final String MISSING = "no PostgreSQL was found";

    private static final double NANOS_PER_SECOND = 1e9;
    private static final double MILLIS_PER_SECOND = 1e3;
    private static final int QUERIES = 5_000;

    private static final String NOW = "select extract(epoch from clock_timestamp())";

    private final BenchPlan plan;

    public Postgres(BenchPlan plan) {
        this.plan = plan;
    }

    /**
     * Nanoseconds for one prepared query by index that finds nobody to be sold, asked over loopback by one client; empty without PostgreSQL. It
     * asks for the worst loan first, as the ledger does; without an order the planner reads the whole table in the hope of an early hit.
     */
    public Optional<Series> quietTick() throws InterruptedException {
        Optional<LocalPostgres> started = LocalPostgres.start();
        if (started.isEmpty()) {
            return Optional.empty();
        }
        try (LocalPostgres database = started.get()) {
            fill(database, plan.tasks().manyLoans(), 0);
            Path script = script("""
                    \\set cents random(0, 99)
                    select id from loans where open and sale_price >= 20000 + :cents * 0.01
                    order by sale_price desc limit 1;
                    """);
            List<Double> nanos = new ArrayList<>();
            for (int round = 0; round <= plan.rounds(); round++) {
                double perSecond = database.perSecond(script, QUERIES);
                if (round > 0) {
                    nanos.add(NANOS_PER_SECOND / perSecond);
                }
            }
            Files.delete(script);
            return Optional.of(
                    new Series("PostgreSQL by index, " + plan.tasks().manyLoans() + " loans", "ns/tick", nanos));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Milliseconds for one transaction that marks every loan of the crash as sold, and writes a journal record with a hash and a request for each;
     * empty without PostgreSQL.
     */
    public Optional<Series> crash() throws InterruptedException {
        Optional<LocalPostgres> started = LocalPostgres.start();
        if (started.isEmpty()) {
            return Optional.empty();
        }
        try (LocalPostgres database = started.get()) {
            fill(database, plan.broker().loans(), plan.crashLoans());
            List<String> said = database.run(List.of(NOW, """
                    with breached as (
                      update loans set open = false, case_id = id || '/case/1'
                      where open and sale_price >= 5900 returning id, case_id, debt_cents, satoshis, sale_price
                    ), journaled as (
                      insert into journal (loan_id, kind, price, debt_cents, satoshis, hash)
                      select id, 'LiquidationOpened', 5900, debt_cents, satoshis,
                             sha256(convert_to(id || case_id || debt_cents || satoshis, 'UTF8')) from breached
                    )
                    insert into requests (case_id, loan_id, price, satoshis, sale_price)
                    select case_id, id, 5900, satoshis, sale_price from breached
                    """, NOW, "select count(*) from requests"));
            int requested = Integer.parseInt(said.get(2).strip());
            if (requested != plan.crashLoans()) {
                throw new IllegalStateException("PostgreSQL sold " + requested + " loans, not " + plan.crashLoans());
            }
            double seconds = Double.parseDouble(said.get(1)) - Double.parseDouble(said.get(0));
            return Optional.of(new Series("PostgreSQL, one transaction", "ms", List.of(seconds * MILLIS_PER_SECOND)));
        }
    }

    /** The first {@code crash} loans are sold between 8,000 and 6,000, the others between 5,000 and 2,500. */
    private static void fill(LocalPostgres database, int loans, int crash) throws InterruptedException {
        database.run(List.of(
                """
                create table loans (id text primary key, debt_cents bigint not null, satoshis bigint not null,
                                    sale_price numeric not null, open boolean not null, case_id text)
                """,
                """
                create table journal (sequence bigserial primary key, loan_id text not null, kind text not null,
                                      price numeric not null, debt_cents bigint not null, satoshis bigint not null,
                                      hash bytea not null)
                """,
                """
                create table requests (case_id text primary key, loan_id text not null, price numeric not null,
                                       satoshis bigint not null, sale_price numeric not null)
                """,
                String.format(Locale.ROOT, """
                        insert into loans
                        select 'loan-' || lpad(n::text, 8, '0'), 40000, 10000000,
                               case when n < %1$d then 8000 - 2000.0 * n / greatest(%1$d, 1)
                                    else 5000 - 2500.0 * (n - %1$d) / (%2$d - %1$d) end,
                               true, null
                        from generate_series(0, %2$d - 1) as n
                        """, crash, loans),
                "create index on loans (sale_price) where open",
                "vacuum analyze loans",
                "checkpoint"));
    }

    /** Readable for the user as whom the database runs. */
    private static Path script(String text) throws IOException {
        Path script = Files.createTempFile("loan-ledger-bench", ".sql");
        Files.writeString(script, text);
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rw-r--r--"));
        return script;
    }
}
