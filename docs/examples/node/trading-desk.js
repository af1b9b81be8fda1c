// A trading desk at its smallest. It acknowledges an order, sells half of it at the limit after two seconds and the rest after two
// more, answers cancels and questions, and lets orders expire. With the word "idle" it sells nothing.
//
//   node trading-desk.js [idle]
//
// A real desk keeps its blotter in a database. This one has a file, desk-blotter.jsonl: what it takes and what it answers is written
// there first, so that it takes each order once and answers it once, also after a crash.
import fs from 'node:fs'
import kafkajs from 'kafkajs'
import { SchemaRegistry } from '@kafkajs/confluent-schema-registry'
import lz4 from 'lz4js'

const { CompressionCodecs, CompressionTypes, Kafka, logLevel, Partitioners } = kafkajs

const DESK = 'DESK-EXAMPLE'
const ORDERS = 'liquidation.orders.v1'
const REPORTS = 'desk.executions.v1'
const PACE_MS = 2000
const SATS = 100_000_000n // bitcoin has eight decimal places
const idle = process.argv[2] === 'idle'

// The ledger compresses with lz4, which kafkajs reads only with a codec from outside.
CompressionCodecs[CompressionTypes.LZ4] = () => ({
  compress: async encoder => Buffer.from(lz4.compress(encoder.buffer)),
  decompress: async bytes => Buffer.from(lz4.decompress(bytes)),
})

const kafka = new Kafka({
  clientId: DESK,
  brokers: (process.env.KAFKA_BOOTSTRAP_SERVERS ?? '127.0.0.1:9092').split(','),
  logLevel: logLevel.ERROR,
})
const registry = new SchemaRegistry({
  host: process.env.SCHEMA_REGISTRY_URL ?? 'http://127.0.0.1:8081/apis/ccompat/v7',
})
// Partitions by murmur2 of the key, as Kafka's Java client does: what the ledger expects.
const producer = kafka.producer({ createPartitioner: Partitioners.DefaultPartitioner, idempotent: true })

const blotter = fs.openSync('desk-blotter.jsonl', 'a+')
const orders = new Map() // by clOrdId
const told = new Map() // by clOrdId: what the ledger was told of an order
const cancels = []
const questions = []
const answered = new Set()
const schemaIds = new Map()

// Quantities and money are decimal strings, never numbers; whole bigints are what is counted in.
const toUnits = (decimal, places) => {
  const [whole, fraction = ''] = decimal.split('.')
  return BigInt(whole + fraction.padEnd(places, '0').slice(0, places))
}
const toDecimal = (units, places) => {
  const digits = units.toString().padStart(places + 1, '0')
  return `${digits.slice(0, -places)}.${digits.slice(-places)}`
}

const toldOf = clOrdId => {
  if (!told.has(clOrdId)) told.set(clOrdId, { filled: 0n, reports: 0, ended: false, status: 'NEW', nextFill: Date.now() + PACE_MS })
  return told.get(clOrdId)
}

function remember(report) {
  if (report.execType === undefined) { // an OrderCancelReject
    answered.add(report.clOrdId)
    return
  }
  const order = toldOf(report.origClOrdId ?? report.clOrdId)
  order.reports++
  order.filled = toUnits(report.cumQty, 8)
  order.ended = toUnits(report.leavesQty, 8) === 0n
  order.nextFill = Date.now() + PACE_MS
  order.status = report.ordStatus
  if (report.origClOrdId !== null) answered.add(report.clOrdId)
  if (report.execType === 'ORDER_STATUS') answered.add(report.execId)
}

function note(line) {
  fs.writeSync(blotter, `${JSON.stringify(line)}\n`)
  fs.fsyncSync(blotter)
}

// Notes the answer, then sends it.
async function answer(type, symbol, record) {
  note({ type, symbol, record })
  remember(record)
  await send(type, symbol, record)
}

// Writes under the newest schema of the subject, which is the topic, a hyphen and the record's full name; the key is the market.
async function send(type, symbol, record) {
  if (!schemaIds.has(type)) {
    schemaIds.set(type, await registry.getLatestSchemaId(`${REPORTS}-io.loanledger.events.${type}`))
  }
  const value = await registry.encode(schemaIds.get(type), record)
  await producer.send({ topic: REPORTS, acks: -1, messages: [{ key: symbol, value }] })
  console.log(type, JSON.stringify(record))
}

function report(order, execType, ordStatus, changes) {
  const { filled, reports } = toldOf(order.clOrdId)
  return answer('ExecutionReport', order.symbol, {
    senderCompId: DESK,
    orderId: `example-${order.clOrdId}`,
    execId: `${order.clOrdId}-${reports + 1}`,
    execRefId: null,
    clOrdId: order.clOrdId,
    origClOrdId: null,
    execType,
    ordStatus,
    symbol: order.symbol,
    side: order.side,
    lastQty: '0',
    lastPx: '0',
    cumQty: toDecimal(filled, 8),
    leavesQty: '0',
    avgPx: filled > 0n ? order.price : '0',
    commission: '0',
    currency: order.currency,
    transactTime: Date.now() * 1000,
    text: null,
    ...changes,
  })
}

async function work(order) {
  const state = toldOf(order.clOrdId)
  if (state.ended) return
  const quantity = toUnits(order.orderQty, 8)
  if (state.reports === 0) {
    await report(order, 'NEW', 'NEW', { leavesQty: order.orderQty })
  }
  if (Date.now() * 1000 >= order.expireTime) {
    await report(order, 'EXPIRED', 'EXPIRED', {})
  } else if (!idle && Date.now() >= state.nextFill) {
    const sold = state.filled === 0n ? quantity / 2n : quantity - state.filled
    const filled = state.filled + sold
    const cents = (sold * toUnits(order.price, 2)) / SATS
    await report(order, 'TRADE', filled === quantity ? 'FILLED' : 'PARTIALLY_FILLED', {
      lastQty: toDecimal(sold, 8),
      lastPx: order.price,
      cumQty: toDecimal(filled, 8),
      leavesQty: toDecimal(quantity - filled, 8),
      avgPx: order.price,
      commission: toDecimal(cents / 1000n, 2), // a tenth of a per cent
    })
  }
}

async function cancel(request) {
  if (answered.has(request.clOrdId)) return
  const order = orders.get(request.origClOrdId)
  if (order !== undefined && !toldOf(order.clOrdId).ended) {
    await report(order, 'CANCELED', 'CANCELED', { clOrdId: request.clOrdId, origClOrdId: order.clOrdId })
    return
  }
  await answer('OrderCancelReject', request.symbol, {
    senderCompId: DESK,
    orderId: order === undefined ? 'NONE' : `example-${order.clOrdId}`,
    clOrdId: request.clOrdId,
    origClOrdId: request.origClOrdId,
    ordStatus: order === undefined ? 'REJECTED' : toldOf(order.clOrdId).status,
    cxlRejReason: order === undefined ? '1' : '0', // unknown order, or too late
    text: null,
    transactTime: Date.now() * 1000,
  })
}

// How an order stands. One that this desk never had is REJECTED, and from then on remembered as ended: it must not be sold later.
async function tell(question) {
  if (answered.has(question.ordStatusReqId)) return
  const order = orders.get(question.clOrdId)
  const known = order === undefined ? told.get(question.clOrdId) : toldOf(question.clOrdId)
  const open = order !== undefined && !known.ended
  await answer('ExecutionReport', question.symbol, {
    senderCompId: DESK,
    orderId: known === undefined ? 'NONE' : `example-${question.clOrdId}`,
    execId: question.ordStatusReqId,
    execRefId: null,
    clOrdId: question.clOrdId,
    origClOrdId: null,
    execType: 'ORDER_STATUS',
    ordStatus: known === undefined ? 'REJECTED' : known.status,
    symbol: question.symbol,
    side: question.side,
    lastQty: '0',
    lastPx: '0',
    cumQty: toDecimal(known?.filled ?? 0n, 8),
    leavesQty: open ? toDecimal(toUnits(order.orderQty, 8) - known.filled, 8) : '0',
    avgPx: open && known.filled > 0n ? order.price : '0',
    commission: '0',
    currency: order?.currency ?? '',
    transactTime: Date.now() * 1000,
    text: null,
  })
}

function take(record) {
  if (record.origClOrdId !== undefined) cancels.push(record)
  else if (record.ordStatusReqId !== undefined) questions.push(record)
  else if (!orders.has(record.clOrdId)) orders.set(record.clOrdId, record)
}

async function recall() {
  const lines = fs.readFileSync('desk-blotter.jsonl', 'utf8').split('\n').filter(line => line !== '').map(line => JSON.parse(line))
  for (const { taken, record } of lines) {
    if (taken !== undefined) take(taken)
    else remember(record)
  }
  // Whether the last answer was sent before the end is not known: sent again, under the same execId, it counts once.
  const last = lines.findLast(line => line.taken === undefined)
  if (last !== undefined) await send(last.type, last.symbol, last.record)
}

async function run() {
  await producer.connect()
  await recall()
  // readUncommitted is false unless set: isolation.level=read_committed. Never set it; orders are written in transactions, and one of an
  // aborted transaction must not be sold.
  const consumer = kafka.consumer({ groupId: DESK, readUncommitted: false })
  await consumer.connect()
  await consumer.subscribe({ topics: [ORDERS], fromBeginning: true })
  await consumer.run({
    eachMessage: async ({ message }) => {
      const taken = await registry.decode(message.value)
      note({ taken })
      take(taken)
    },
  })
  console.log('trading')
  for (;;) {
    for (const order of orders.values()) await work(order)
    while (cancels.length > 0) await cancel(cancels.shift())
    while (questions.length > 0) await tell(questions.shift())
    await new Promise(resolve => setTimeout(resolve, 200))
  }
}

await run()
