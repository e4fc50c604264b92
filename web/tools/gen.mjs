// Makes what follows from the contract and from the documents of the screens:
// Relay's copy of the schema, the metrics with their columns, and the examples
// of the playground.
import { readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { buildSchema, getNamedType, parse, print } from 'graphql'

const root = new URL('../../', import.meta.url)
const text = readFileSync(new URL('schema.graphqls', root), 'utf8')
writeFileSync(new URL('web/schema.graphql', root), text)
const schema = buildSchema(text)

// What a table asks for together. A metric that is in no group would be
// missing from the tables, so that is an error.
const groups = {
  basics: 'SPEND IMPRESSIONS PIN_CLICKS CTR CPC CHECKOUTS CHECKOUT_VALUE ROAS',
  delivery: 'PAID_IMPRESSIONS EARNED_IMPRESSIONS REACH FREQUENCY CPM',
  engagement: 'ENGAGEMENTS ENGAGEMENT_RATE SAVES SAVE_RATE CPE',
  traffic: 'PAID_PIN_CLICKS EARNED_PIN_CLICKS OUTBOUND_CLICKS PAID_CTR OUTBOUND_CTR COST_PER_OUTBOUND_CLICK',
  conversions:
    'CONVERSIONS PAGE_VISITS SIGNUPS ADD_TO_CARTS COST_PER_CHECKOUT CHECKOUT_CONVERSION_RATE AVERAGE_ORDER_VALUE LEADS COST_PER_LEAD',
  video:
    'VIDEO_STARTS VIDEO_VIEWS_2S VIDEO_VIEWS_3S VIDEO_PLAYS_25 VIDEO_PLAYS_50 VIDEO_PLAYS_75 VIDEO_PLAYS_95 VIDEO_COMPLETIONS VIDEO_COMPLETION_RATE CPV',
}
const groupOf = Object.fromEntries(Object.entries(groups).flatMap(([g, names]) => names.split(' ').map((n) => [n, g])))
const fields = schema.getType('MetricValues').getFields()
const ratios = new Set(['frequency', 'roas'])
const metrics = schema
  .getType('MetricName')
  .getValues()
  .map(({ name, description }) => {
    const [, title, field] = /^(.*): see MetricValues\.(\w+)\.$/.exec(description)
    const group = groupOf[name]
    if (!group) throw new Error(`the metric ${name} is in no group of tools/gen.mjs`)
    const type = getNamedType(fields[field].type).name
    const unit = type === 'Money' ? 'money' : type === 'Count' ? 'count' : ratios.has(field) ? 'ratio' : 'fraction'
    return { name, field, title, group, unit, description: fields[field].description.replace(/ (\w+ \/ \w+[^.]*), from sums;[^.]*\./, '') }
  })

const selection = (of) =>
  Object.keys(groups)
    .map((g) => {
      const list = metrics.filter((m) => m.group === g).map((m) => `      ${of(m)}`)
      return `    ... @include(if: $${g}) {\n${list.join('\n')}\n    }`
    })
    .join('\n')
writeFileSync(
  new URL('web/app/src/lib/columns.ts', root),
  `// Made by tools/gen.mjs from schema.graphqls; do not edit.
import { graphql } from 'react-relay'

export type MetricGroup = ${Object.keys(groups).map((g) => `'${g}'`).join(' | ')}
export type MetricUnit = 'money' | 'count' | 'fraction' | 'ratio'
export type Metric = { name: string; field: string; title: string; group: MetricGroup; unit: MetricUnit; description: string }

export const metrics: readonly Metric[] = [
${metrics.map((m) => `  ${JSON.stringify(m)},`).join('\n')}
]

export const columnValues = graphql\`
  fragment columns_values on MetricValues @inline {
${selection((m) => (m.unit === 'money' ? `${m.field} { amount }` : m.field))}
  }
\`

export const columnChanges = graphql\`
  fragment columns_changes on MetricChanges @inline {
${selection((m) => `${m.field} { percent verdict }`)}
  }
\`
`,
)

// The examples of the playground: the screens' documents, word for word.
const folder = new URL('graph/operations/', root)
const examples = readdirSync(folder)
  .filter((f) => f.endsWith('.graphql'))
  .toSorted()
  .map((f) => {
    const query = readFileSync(new URL(f, folder), 'utf8')
    const id = f.replace('.graphql', '')
    print(parse(query))
    const comment = [...query.matchAll(/^# ?(.*)$/gm)].map((m) => m[1]).join(' ')
    return { id, title: id.replace(/([a-z])([A-Z])/g, '$1 $2'), description: comment, query, variables: readFileSync(new URL(`${id}.json`, folder), 'utf8') }
  })
writeFileSync(new URL('web/playground/src/examples.json', root), JSON.stringify(examples, null, 1) + '\n')
