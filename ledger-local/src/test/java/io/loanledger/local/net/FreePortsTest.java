package io.loanledger.local.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class FreePortsTest {

    @Test
    void givesDifferentPortsBelowTheEphemeralRange() {
        assertThat(FreePorts.several(50))
                .doesNotHaveDuplicates()
                .allMatch(port -> port < 32_768 && FreePorts.isFree(port));
    }

    @Test
    void seesThatAPortIsTaken() throws Exception {
        int port = FreePorts.one();
        try (var taken = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            assertThat(taken.isBound()).isTrue();
            assertThat(FreePorts.isFree(port)).isFalse();
        }
        assertThat(FreePorts.isFree(port)).isTrue();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void namesTheProcessThatListens() throws Exception {
        int port = FreePorts.one();
        assertThat(PortOwner.of(port)).isEmpty();
        try (var taken = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            assertThat(taken.isBound()).isTrue();
            assertThat(PortOwner.of(port))
                    .hasValue("process " + ProcessHandle.current().pid() + " (java)");
        }
    }
}
