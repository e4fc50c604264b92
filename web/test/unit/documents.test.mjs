// @vitest-environment node
// What the screens send: one document each, within what the server takes.
import { readdirSync, readFileSync } from 'node:fs'
import { createHash } from 'node:crypto'
import { buildSchema, Kind, parse, validate } from 'graphql'
import { describe, expect, test } from 'vitest'
import persisted from '../../../graph/documents/web.json'
import examples from '../../playground/src/examples.json'

const schema = buildSchema(readFileSync(new URL('../../../schema.graphqls', import.meta.url), 'utf8'))
const operations = Object.entries(persisted).map(([id, text]) => {
  const document = parse(text)
  return { id, text, document, operation: document.definitions.find((d) => d.kind === Kind.OPERATION_DEFINITION) }
})

describe('documents', () => {
  test.each(operations.map((o) => [o.operation.name.value, o]))('%s is valid, and its id is its hash', (_, o) => {
    expect(validate(schema, o.document)).toEqual([])
    expect(createHash('sha256').update(o.text).digest('hex')).toBe(o.id)
  })
  test('every query declares its statements', () => {
    for (const { operation } of operations.filter((o) => o.operation.operation === 'query')) {
      expect(operation.directives?.map((d) => d.name.value), operation.name.value).toContain('screen')
    }
  })
  test('every screen has one query', () => {
    const screens = new URL('../../app/src/screens/', import.meta.url)
    for (const file of readdirSync(screens)) {
      const source = readFileSync(new URL(file, screens), 'utf8')
      const queries = source.match(/graphql`\s*query (\w+)/g) ?? []
      expect(queries.length, file).toBeLessThanOrEqual(1)
    }
  })
  test('the playground has an example for each screen', () => {
    expect(examples.length).toBeGreaterThanOrEqual(20)
    for (const e of examples) {
      expect(validate(schema, parse(e.query)), e.id).toEqual([])
      expect(() => JSON.parse(e.variables)).not.toThrow()
    }
  })
})
