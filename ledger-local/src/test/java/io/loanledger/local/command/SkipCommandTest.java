package io.loanledger.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.loanledger.events.approval.OperatorKeys;
import io.loanledger.local.operator.SkipFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An order to skip a record on its way from one operator to another, up to the point where a broker would be asked. */
class SkipCommandTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    Path folder;

    private Path order;
    private Path publicKeys;

    @BeforeEach
    void makeKeys() throws Exception {
        order = folder.resolve("order");
        publicKeys = folder.resolve("operators");
        List<String> lines = new ArrayList<>();
        for (String name : List.of("ada", "grace")) {
            lines.add(name + " " + name + "-1 "
                    + Base64.getEncoder()
                            .encodeToString(makeKey(name).getPublic().getEncoded()));
        }
        Files.write(publicKeys, lines);
    }

    private KeyPair makeKey(String name) throws NoSuchAlgorithmException, IOException {
        KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        Path file = folder.resolve(name + ".pem");
        Files.writeString(
                file,
                "-----BEGIN PRIVATE KEY-----\n"
                        + Base64.getMimeEncoder()
                                .encodeToString(pair.getPrivate().getEncoded())
                        + "\n-----END PRIVATE KEY-----\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        return pair;
    }

    @Test
    void carriesAnOrderFromOneOperatorToTheOther() throws Exception {
        assertThat(propose("ada")).isZero();
        assertThat(approve("grace")).isZero();

        assertThat(said(out))
                .contains("skip custody.collateral.v1-3@77 for loan L1, because: ticket 4711; approved by ada, grace");
        assertThat(OperatorKeys.read(publicKeys).verdict(SkipFile.read(order)))
                .isEqualTo(OperatorKeys.Verdict.APPROVED);
    }

    @Test
    void publishesNothingThatTheLedgerWouldNotFollow() throws Exception {
        assertThat(propose("ada")).isZero();
        assertThat(run("skip", "publish", "--file", order.toString(), "--operator-keys", publicKeys.toString()))
                .isEqualTo(1);
        assertThat(said(err)).contains("would not follow this order: TOO_FEW_APPROVALS");
    }

    @Test
    void seesThatAnOrderWasChangedAfterItWasSigned() throws Exception {
        assertThat(propose("ada")).isZero();
        assertThat(approve("grace")).isZero();
        Files.writeString(order, Files.readString(order).replace("offset=77", "offset=78"));

        assertThat(run("skip", "publish", "--file", order.toString(), "--operator-keys", publicKeys.toString()))
                .isEqualTo(1);
        assertThat(said(err)).contains("would not follow this order: FORGED");
    }

    @Test
    void takesNoSecondApprovalOfOneOperator() throws Exception {
        assertThat(propose("ada")).isZero();
        assertThat(approve("ada")).isEqualTo(1);
        assertThat(said(err)).contains("ada has approved it already");
        assertThat(SkipFile.read(order).getApprovals()).hasSize(1);
    }

    @Test
    void readsNoPrivateKeyThatOthersCanRead() throws Exception {
        Files.setPosixFilePermissions(folder.resolve("ada.pem"), PosixFilePermissions.fromString("rw-r-----"));
        assertThat(propose("ada")).isEqualTo(1);
        assertThat(said(err)).contains("is open to others").doesNotContain("PRIVATE KEY");
        assertThat(order).doesNotExist();
    }

    @Test
    void saysWhatAStepNeeds() throws Exception {
        assertThat(run("skip", "propose", "--topic", "custody.collateral.v1")).isEqualTo(2);
        assertThat(said(err)).startsWith("skip needs --partition");
        err.reset();
        assertThat(run("skip", "dance")).isEqualTo(2);
        assertThat(said(err)).startsWith("skip is propose, approve or publish, not: dance");
    }

    private int propose(String operator) throws InterruptedException {
        return run(
                "skip",
                "propose",
                "--topic",
                "custody.collateral.v1",
                "--partition",
                "3",
                "--offset",
                "77",
                "--loan",
                "L1",
                "--reason",
                "ticket 4711",
                "--file",
                order.toString(),
                "--operator",
                operator,
                "--key-id",
                operator + "-1",
                "--key",
                folder.resolve(operator + ".pem").toString());
    }

    private int approve(String operator) throws InterruptedException {
        return run(
                "skip",
                "approve",
                "--file",
                order.toString(),
                "--operator",
                operator,
                "--key-id",
                operator + "-1",
                "--key",
                folder.resolve(operator + ".pem").toString());
    }

    private int run(String... words) throws InterruptedException {
        return new CommandLine(
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8))
                .run(words);
    }

    private static String said(ByteArrayOutputStream stream) {
        return stream.toString(StandardCharsets.UTF_8);
    }
}
