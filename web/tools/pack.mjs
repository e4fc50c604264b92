// Packs the built interfaces for the Go program: text is kept as gzip alone,
// MANIFEST names the SHA-256 of every file before that. CI builds again and
// compares MANIFESTs, since gzip differs between versions of zlib. It fails
// when the first page would load more than the budget: what index.html names.
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { gunzipSync, gzipSync } from 'node:zlib'

const dist = new URL('../dist/', import.meta.url)
const files = readdirSync(dist, { recursive: true, withFileTypes: true })
  .filter((f) => f.isFile())
  .map((f) => `${f.parentPath}/${f.name}`.slice(dist.pathname.length).replace(/^\/+/, ''))
  .filter((f) => f !== 'MANIFEST')
  .toSorted()
const manifest = []
const sizes = {}
for (const file of files) {
  const url = new URL(file, dist)
  const raw = readFileSync(url)
  manifest.push(`${createHash('sha256').update(raw).digest('hex')}  ${file}\n`)
  sizes[file] = raw.length
  if (!/\.(js|css|html|svg|ttf|json|map)$/.test(file)) continue
  const packed = gzipSync(raw, { level: 9 })
  sizes[file] = packed.length
  writeFileSync(new URL(`${file}.gz`, dist), packed)
  rmSync(url)
}
writeFileSync(new URL('MANIFEST', dist), manifest.join(''))

const page = readFileSync(new URL('app/index.html.gz', dist))
const initial = new Set([...gunzipSync(page).toString().matchAll(/(?:src|href)="\/([^"]+)"/g)].map((m) => `app/${m[1]}`))
const budgets = { js: 300_000, css: 15_000 }
for (const [kind, budget] of Object.entries(budgets)) {
  const size = files.filter((f) => f.startsWith('app/') && (kind === 'css' || initial.has(f)) && f.endsWith(`.${kind}`)).reduce((n, f) => n + sizes[f], 0)
  console.log(`app: ${(size / 1000).toFixed(1)} KB of ${kind === 'js' ? 'initial ' : ''}${kind}, gzip; the budget is ${budget / 1000} KB`)
  if (size > budget) process.exitCode = 1
}
const playground = files.filter((f) => f.startsWith('playground/')).reduce((n, f) => n + sizes[f], 0)
console.log(`playground: ${(playground / 1000).toFixed(0)} KB in all`)
