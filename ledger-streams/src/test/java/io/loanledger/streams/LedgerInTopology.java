package io.loanledger.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.loanledger.core.loan.Decision;
import io.loanledger.core.loan.Loan;
import io.loanledger.core.loan.LoanEvent;
import io.loanledger.core.loan.LoanInput;
import io.loanledger.core.model.Ledger;
import io.loanledger.core.model.Products;
import io.loanledger.core.model.Stage;
import io.loanledger.core.model.World;
import io.loanledger.core.money.Asset;
import io.loanledger.core.money.Fraction;
import io.loanledger.core.money.Money;
import io.loanledger.core.money.Quantity;
import io.loanledger.core.price.IndexState;
import io.loanledger.core.terms.AddOn;
import io.loanledger.core.terms.CollateralTerms;
import io.loanledger.core.terms.LiquidationTerms;
import io.loanledger.core.terms.ProductTerms;
import io.loanledger.events.Rejection;
import io.loanledger.events.topic.TopicCatalogue;
import io.loanledger.streams.wire.InputMapping;
import io.loanledger.streams.wire.JournalEntry;
import io.loanledger.streams.wire.MappedInput;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * The topology as actors meet it. Whatever they say goes through Avro, topics, tasks and RocksDB; beside it the decider alone is told
 * the same, as the mapping reads it, and after every record journal, rejections and stored loan are what the decider says.
 *
 * <p>Claims are answered by the topology's own task; now and then another loan has brought the proof before.
 */
final class LedgerInTopology implements Ledger, AutoCloseable {
    /** What the wire gives a fact beside its content. */
    private static final Pattern GIVEN_BY_THE_WIRE = Pattern.compile("contentDigest=-?\\d+, appendedAt=[^]]+");

    private static final int RIVALS_PERCENT = 8;

    private final String loanId;
    private final LedgerUnderTest topology;
    private final Stage stage;
    private final InputMapping mapping = new InputMapping();
    private final Random random;
    private final Set<String> proofsOfRivals = new HashSet<>();
    private final Set<String> proofs = new HashSet<>();
    private final List<LoanEvent> said = new ArrayList<>();
    private final List<String> refused = new ArrayList<>();
    private int published;
    private int checked;

    LedgerInTopology(Path folder, String loanId, long seed, Stage.Witness witness) {
        this.loanId = loanId;
        topology = new LedgerUnderTest(folder);
        random = new Random(~seed);
        stage = new Stage(loanId, told -> {
            said.addAll(told.events());
            if (told.decision() instanceof Decision.Refused no) {
                refused.add(no.refusal().name());
            }
            witness.hears(told);
        });
        // The codes that any loan may name: an asset is known once some terms have named it.
        nameAssets(
                "shelf",
                Products.PLAIN.debtAsset(),
                Products.PLAIN.collateral().getFirst().asset());
        nameAssets("other shelf", new Asset("EUR", 2), World.ETH);
        nameAssets("third shelf", new Asset("EUR", 2), World.SOL);
    }

    private void nameAssets(String productId, Asset debt, Asset coin) {
        ProductTerms plain = Products.PLAIN;
        var sale = plain.liquidation();
        topology.terms(
                ++published,
                WireForm.terms(new ProductTerms(
                        productId,
                        1,
                        debt,
                        List.of(new CollateralTerms(coin, World.MARKET, Fraction.ZERO, Quantity.of("1", coin))),
                        plain.openLtv(),
                        plain.ladder(),
                        new LiquidationTerms(
                                sale.threshold(),
                                sale.targetLtv(),
                                Money.of("0", debt),
                                sale.fee().rate(),
                                sale.floorDiscount()),
                        plain.interest(),
                        plain.exposureBasis(),
                        plain.termDays())));
    }

    @Override
    public Loan loan() {
        return stage.loan();
    }

    @Override
    public World world() {
        return stage.world();
    }

    @Override
    public boolean answersClaims() {
        return true;
    }

    @Override
    public boolean sells() {
        return false;
    }

    @Override
    public void publish(ProductTerms product) {
        stage.publish(product);
        topology.terms(++published, WireForm.terms(product));
        compare("terms");
    }

    @Override
    public void fix(String rateId, LocalDate from, BigDecimal value) {
        Ledger.super.fix(rateId, from, value);
        topology.send(TopicCatalogue.TERMS_FANNED, rateId, Facts.fixing(++published, rateId, from, value));
        compare("fixing");
    }

    @Override
    public void addOn(String market, AddOn addOn) {
        Ledger.super.addOn(market, addOn);
        topology.send(TopicCatalogue.TERMS_FANNED, market, Facts.addOn(++published, market, addOn));
        compare("add-on");
    }

    @Override
    public void price(String kind, Instant at, BigDecimal price, IndexState state) {
        price(kind, World.MARKET, at, price, state);
    }

    @Override
    public void price(String kind, String market, Instant at, BigDecimal price, IndexState state) {
        stage.price(kind, market, at, price, state);
        topology.appendedAt = world().appendedAt();
        topology.send(TopicCatalogue.INDEX_PRICES, market, WireForm.price(world().price(market)));
        compare(kind);
    }

    @Override
    public void tell(String kind, LoanInput input) {
        topology.appendedAt = world().appendedAt();
        if (input instanceof LoanInput.CollateralLocked lock) {
            perhapsARivalFirst(lock);
        }
        WireForm.Sent sent = WireForm.of(loanId, input, world().appendedAt());
        byte[] value = topology.bytes(sent.topic(), sent.record());
        switch (mapping.map(loanId, sent.record(), mapping.contentDigest(value), world().appendedAt())) {
            case MappedInput.Read read -> {
                assertThat(plain(read.input())).as("as it was said").isEqualTo(plain(input));
                int before = said.size();
                stage.tell(kind, read.input());
                answerClaims(List.copyOf(said.subList(before, said.size())));
            }
            case MappedInput.Refused no -> refused.add(no.refusal().name());
            case MappedInput.Unreadable no -> throw new AssertionError(input + " cannot be read: " + no);
        }
        topology.send(sent.topic(), loanId.getBytes(StandardCharsets.UTF_8), value, new RecordHeaders());
        compare(kind);
    }

    private static String plain(LoanInput input) {
        return GIVEN_BY_THE_WIRE.matcher(input.toString()).replaceAll("");
    }

    private void perhapsARivalFirst(LoanInput.CollateralLocked lock) {
        if (proofs.add(lock.proof()) && random.nextInt(100) < RIVALS_PERCENT) {
            proofsOfRivals.add(lock.proof());
            var rival = new LoanInput.CollateralLocked(
                    lock.head(), lock.proof(), new LoanInput.Stated(BigDecimal.ONE, "BTC"));
            WireForm.Sent sent = WireForm.of("rival", rival, world().appendedAt());
            topology.send(sent.topic(), "rival", sent.record());
        }
    }

    /** What the topology's claims do next, before it reads any other record. */
    private void answerClaims(List<LoanEvent> events) {
        for (LoanEvent event : events) {
            if (event instanceof LoanEvent.CollateralLocked lock) {
                boolean held = proofsOfRivals.contains(lock.proof());
                stage.tell(
                        held ? "claim denied" : "claim granted",
                        held
                                ? new LoanInput.ClaimDenied(lock.proof(), "the proof backs another loan")
                                : new LoanInput.ClaimGranted(lock.proof()));
            }
        }
    }

    private void compare(String kind) {
        List<LoanEvent> written = topology.journal.subList(checked, topology.journal.size()).stream()
                .filter(entry -> entry.header().loanId().equals(loanId))
                .map(JournalEntry::event)
                .toList();
        checked = topology.journal.size();
        assertThat(written).as("%s: journal", kind).isEqualTo(said);
        assertThat(topology.read(TopicCatalogue.REJECTIONS, Rejection.class).stream()
                        .filter(rejection -> rejection.getLoanId().equals(loanId))
                        .map(Rejection::getReason)
                        .toList())
                .as("%s: rejections", kind)
                .isEqualTo(refused);
        if (!said.isEmpty()) {
            assertThat(topology.loan(loanId)).as("%s: stored loan", kind).isEqualTo(stage.loan());
        }
        said.clear();
        refused.clear();
    }

    /** At the end: the journal is whole and folds to what is stored, and nothing was unreadable. */
    void endsWhole() {
        assertThat(topology.fold().findings()).isEmpty();
        assertThat(topology.fold().digest()).isEqualTo(topology.stores());
        assertThat(topology.deadLetters()).isEmpty();
    }

    @Override
    public void close() {
        topology.close();
    }
}
