// A custody system at its smallest.
//
//   node custody-system.js lock LOAN TXID:VOUT QUANTITY SEEN_AT   report an output that secures the loan: seen, then locked
//   node custody-system.js serve                                  carry out instructions, print rejections, until Ctrl-C
import { createHash } from 'node:crypto'
import kafkajs from 'kafkajs'
import { SchemaRegistry } from '@kafkajs/confluent-schema-registry'
import lz4 from 'lz4js'

const { CompressionCodecs, CompressionTypes, Kafka, logLevel, Partitioners } = kafkajs

const NAME = 'custody-example'
const BITCOIN = 'bip122:000000000019d6689c085ae165831e93' // CAIP-2 of the main chain
const FACTS = 'custody.collateral.v1'
const INSTRUCTIONS = 'custody.instructions.v1'
const REJECTIONS = 'ledger.rejections.v1'

// The ledger compresses with lz4, which kafkajs reads only with a codec from outside.
CompressionCodecs[CompressionTypes.LZ4] = () => ({
  compress: async encoder => Buffer.from(lz4.compress(encoder.buffer)),
  decompress: async bytes => Buffer.from(lz4.decompress(bytes)),
})

const kafka = new Kafka({
  clientId: NAME,
  brokers: (process.env.KAFKA_BOOTSTRAP_SERVERS ?? '127.0.0.1:9092').split(','),
  logLevel: logLevel.ERROR,
})
const registry = new SchemaRegistry({
  host: process.env.SCHEMA_REGISTRY_URL ?? 'http://127.0.0.1:8081/apis/ccompat/v7',
})
// Partitions by murmur2 of the key, as Kafka's Java client does: what the ledger expects.
const producer = kafka.producer({
  createPartitioner: Partitioners.DefaultPartitioner,
  idempotent: true, // with acks=-1, which is all
})

const schemaIds = new Map()

// Writes under the newest schema of the subject, which is the topic, a hyphen and the record's full name.
async function write(loan, type, fact) {
  if (!schemaIds.has(type)) {
    schemaIds.set(type, await registry.getLatestSchemaId(`${FACTS}-io.loanledger.events.${type}`))
  }
  const value = await registry.encode(schemaIds.get(type), fact)
  const [written] = await producer.send({ topic: FACTS, acks: -1, messages: [{ key: loan, value }] })
  console.log(`${type} -> ${FACTS}-${written.partition}@${written.baseOffset}`)
}

// Ids follow from what happened: said twice, it is the same event, and the ledger counts it once.
function idOf(kind, what) {
  return `${kind}-${createHash('sha256').update(what).digest('hex').slice(0, 32)}`
}

function micros(isoTime) {
  return Date.parse(isoTime) * 1000
}

async function lock(loan, outpoint, quantity, seenAt) {
  const [txid, vout] = outpoint.split(':')
  const fact = {
    occurredAt: micros(seenAt),
    producer: NAME,
    loanId: loan,
    asset: 'BTC',
    quantity, // a decimal string, never a number
    proof: {
      kind: 'BITCOIN_OUTPOINT',
      bitcoinOutpoint: { chain: BITCOIN, txid, vout: Number(vout) },
    },
  }
  await write(loan, 'CollateralDetected', { ...fact, eventId: idOf('detected', outpoint), confirmations: 0 })
  await write(loan, 'CollateralLocked', { ...fact, eventId: idOf('locked', outpoint), confirmations: 3 })
}

async function serve() {
  // readUncommitted is false unless set: isolation.level=read_committed. Never set it; instructions are written in transactions.
  const consumer = kafka.consumer({ groupId: NAME, readUncommitted: false })
  await consumer.connect()
  await consumer.subscribe({ topics: [INSTRUCTIONS, REJECTIONS], fromBeginning: true })
  await consumer.run({
    eachMessage: async ({ topic, message }) => {
      const record = await registry.decode(message.value)
      if (topic === REJECTIONS) {
        // The topic has everybody's rejections; ours are those about the topic that we write.
        if (record.topic === FACTS) {
          console.log(`REJECTED ${record.recordType} of ${record.loanId}, event ${record.eventId}: ${record.reason} ${record.detail}`)
        }
        return
      }
      const answer = {
        occurredAt: record.issuedAt,
        producer: NAME,
        loanId: record.loanId,
        asset: record.asset,
        quantity: record.quantity,
        transactionReference: `example-transaction-of-${record.instructionId}`,
      }
      if (record.caseId === undefined) {
        console.log(`send ${record.quantity} ${record.asset} of ${record.loanId} back to the borrower: ${record.reason}`)
        await write(record.loanId, 'CollateralReleased', {
          ...answer, eventId: idOf('released', record.instructionId), instructionId: record.instructionId,
        })
      } else {
        console.log(`deliver ${record.quantity} ${record.asset} of ${record.loanId} to the desk, case ${record.caseId}`)
        await write(record.loanId, 'CollateralDelivered', {
          ...answer, eventId: idOf('delivered', record.instructionId), caseId: record.caseId,
        })
      }
      // Offsets are committed after this returns: what is read again after a crash is answered with the same event ids.
    },
  })
  console.log('serving')
  for (const signal of ['SIGINT', 'SIGTERM']) {
    process.once(signal, () => consumer.disconnect().then(() => producer.disconnect()))
  }
}

const [command, ...words] = process.argv.slice(2)
if (command === 'lock' && words.length === 4) {
  await producer.connect()
  await lock(...words)
  await producer.disconnect()
} else if (command === 'serve') {
  await producer.connect()
  await serve()
} else {
  console.error('lock LOAN TXID:VOUT QUANTITY SEEN_AT, or serve')
  process.exitCode = 2
}
