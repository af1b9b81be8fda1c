package io.loanledger.events.service;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BrokenInvariantTest {
    @Test
    void takesTheNameFromTheMessage() {
        assertThat(BrokenInvariant.nameIn(new IllegalStateException("VersionFence: L1 at version 3")))
                .isEqualTo("VersionFence");
        assertThat(BrokenInvariant.nameIn(new IllegalStateException("no terms are bound yet")))
                .isEqualTo("Unforeseen");
        assertThat(BrokenInvariant.nameIn(new IllegalStateException())).isEqualTo("Unforeseen");
    }
}
