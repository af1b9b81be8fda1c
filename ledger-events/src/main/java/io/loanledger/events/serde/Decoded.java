package io.loanledger.events.serde;

import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.KafkaException;

/**
 * What became of a record's bytes. The three cases call for three different acts: go on with the record; send the bytes to the dead
 * letters and go on; try the same bytes again later.
 */
public sealed interface Decoded {

    /** A record of the topic's types, with every enum known. */
    @SuppressWarnings("JavaLangClash") // always written Decoded.Readable
    record Readable(SpecificRecord value) implements Decoded {}

    /**
     * Bytes that can never be read by this version of the contract.
     *
     * @param reason stable, for machines and metrics
     * @param detail for people; holds no content of the record
     */
    record Unreadable(Reason reason, String detail) implements Decoded {}

    /**
     * The bytes may well be valid, but the registry did not tell their schema. Never to be dead-lettered.
     *
     * @param cause {@link RegistryUnavailableException}, or {@link RegistryRefusedException} if an operator has to act
     */
    record Unavailable(KafkaException cause) implements Decoded {}

    /** Why bytes cannot be read, in the order in which it is found out. */
    enum Reason {
        /** The record has no value at all. */
        NO_VALUE,
        /** A value of no bytes. */
        EMPTY,
        /** The first byte is not 0. */
        WRONG_MAGIC,
        /** Shorter than the head of five bytes. */
        TRUNCATED_HEAD,
        /** The registry answered that it does not know the id. */
        UNKNOWN_SCHEMA_ID,
        /** What the registry holds under the id is not an Avro schema. */
        NOT_AVRO,
        /** A record that the topic does not carry. */
        WRONG_TYPE,
        /** Written with a schema from which ours cannot be read. */
        INCOMPATIBLE_SCHEMA,
        /** The bytes do not follow their schema, or end too early. */
        MALFORMED,
        /** Bytes are left over after the record. */
        TRAILING_BYTES,
        /** An enum holds a symbol that is newer than this reader, or UNKNOWN itself. */
        UNKNOWN_SYMBOL
    }
}
