package io.loanledger.benchmarks.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.loanledger.benchmarks.measure.CapacityModel.Point;
import io.loanledger.benchmarks.report.Finding;
import java.util.List;
import org.junit.jupiter.api.Test;

class CapacityTest {

    private static final double MEGABYTE = 1 << 20;

    /** An empty ledger has 10 MiB alive, and each loan adds 100 bytes; of the journal it is 3,000 bytes a loan. */
    private static final List<Point> STRAIGHT = List.of(point(50_000), point(100_000), point(1_000_000));

    private static Point point(int loans) {
        return point(loans, 10 * MEGABYTE + 100.0 * loans);
    }

    private static Point point(int loans, double heap) {
        return new Point(loans, heap, 3_000.0 * loans, 900.0 * loans, 700.0 * loans, 250_000.0 * loans);
    }

    @Test
    void aStraightLineIsForetoldWithoutError() {
        assertThat(absolute(STRAIGHT, Capacity.HEAP_ERROR)).isCloseTo(0, within(1e-9));
        assertThat(absolute(STRAIGHT, "capacity-journal-error")).isCloseTo(0, within(1e-9));
    }

    @Test
    void errorIsTheDistanceFromTheRealBookToEitherSide() {
        double foretold = 10 * MEGABYTE + 100e6;
        List<Point> larger = List.of(STRAIGHT.get(0), STRAIGHT.get(1), point(1_000_000, foretold * 1.25));
        List<Point> smaller = List.of(STRAIGHT.get(0), STRAIGHT.get(1), point(1_000_000, foretold * 0.8));
        assertThat(absolute(larger, Capacity.HEAP_ERROR)).isCloseTo(0.2, within(1e-9));
        assertThat(absolute(smaller, Capacity.HEAP_ERROR)).isCloseTo(0.25, within(1e-9));
        assertThat(Capacity.ERROR.isMetBy(absolute(larger, Capacity.HEAP_ERROR)))
                .isFalse();
    }

    @Test
    void eachLoanAddsTheSlopeBetweenTheLargerTwo() {
        assertThat(stated("capacity-heap")).isCloseTo(100, within(1e-6));
        assertThat(stated("capacity-journal")).isCloseTo(3_000, within(1e-6));
        assertThat(stated("capacity-changelog")).isCloseTo(900, within(1e-6));
        assertThat(stated("capacity-stores")).isCloseTo(700, within(1e-6));
        assertThat(stated("capacity-opening")).isCloseTo(250, within(1e-6));
    }

    @Test
    void foretellsTheHeapOfLargerBooks() {
        assertThat(stated("capacity-heap-10m")).isCloseTo(10 + 1e9 / MEGABYTE, within(1e-3));
        assertThat(stated("capacity-heap-100m")).isCloseTo(10 + 1e10 / MEGABYTE, within(1e-3));
    }

    @Test
    void booksOfOneSizeShowNoSlope() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CapacityModel.through(point(5), point(5), Point::heapBytes))
                .withMessage("two books of 5 loans show no slope");
    }

    private static double absolute(List<Point> points, String name) {
        return Capacity.findings(points).stream()
                .filter(finding -> finding.name().equals(name))
                .map(Finding.Absolute.class::cast)
                .findFirst()
                .orElseThrow()
                .subject()
                .median();
    }

    private static double stated(String name) {
        return Capacity.findings(STRAIGHT).stream()
                .filter(finding -> finding.name().equals(name))
                .map(Finding.Stated.class::cast)
                .findFirst()
                .orElseThrow()
                .subject()
                .median();
    }
}
