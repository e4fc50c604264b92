// Starts the program with the demo, and a browser; looks at what every page
// sends, says and violates.
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, chmodSync, mkdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import assert from 'node:assert/strict'
import { chromium } from 'playwright-core'

const root = new URL('../../../', import.meta.url).pathname
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
export const shots = join(root, 'docs/screens')

// The demo on a port of its own; ADSGRAPH names one that runs already.
export async function startDemo() {
  if (process.env.ADSGRAPH) return { address: process.env.ADSGRAPH, stop: async () => {} }
  const dir = mkdtempSync(join(tmpdir(), 'adsgraph-e2e-'))
  chmodSync(dir, 0o755) // PostgreSQL's user has to get to its directory in it
  const demo = spawn(join(root, 'bin/adsgraph'), ['demo', '--size', 'small', '--listen', '127.0.0.1:0', '--dir', join(dir, 'postgres')], { stdio: ['ignore', 'pipe', 'pipe'] })
  let said = ''
  const address = await new Promise((resolve, reject) => {
    demo.stdout.on('data', (d) => {
      said += d
      const found = /^Ads Manager: (http:\S+)\/$/m.exec(said)
      if (found) resolve(found[1])
    })
    demo.stderr.on('data', (d) => (said += d))
    demo.on('exit', (code) => reject(new Error(`the demo ended with ${code}: ${said.slice(-2000)}`)))
  })
  return {
    address,
    stop: () =>
      new Promise((resolve) => {
        demo.removeAllListeners('exit')
        demo.on('exit', () => {
          rmSync(dir, { recursive: true, force: true })
          resolve()
        })
        demo.kill('SIGINT')
      }),
  }
}

export async function startBrowser() {
  mkdirSync(shots, { recursive: true })
  return chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-dev-shm-usage', '--font-render-hinting=none'] })
}

// A page, signed in, with a log of what it does.
export async function open(browser, address, { persona = 'owner', width = 1440, height = 900, dark = false, locale = 'en-US', path = '/', allowed = [] } = {}) {
  const context = await browser.newContext({
    viewport: { width, height },
    deviceScaleFactor: 1,
    locale,
    timezoneId: 'America/Los_Angeles',
    colorScheme: dark ? 'dark' : 'light',
    hasTouch: width < 720,
    isMobile: width < 720,
    reducedMotion: 'reduce',
    acceptDownloads: true,
  })
  const page = await context.newPage()
  const log = { graphql: [], subscribed: 0, wrong: [] }
  page.on('console', (m) => {
    if (['error', 'warning'].includes(m.type()) && !allowed.some((a) => m.text().includes(a))) log.wrong.push(`console: ${m.text()}`)
  })
  page.on('websocket', (socket) =>
    socket.on('framesent', (f) => {
      if (String(f.payload).includes('"type":"subscribe"')) log.subscribed++
    }),
  )
  page.on('pageerror', (e) => log.wrong.push(`error: ${e.message}`))
  page.on('request', (r) => {
    const url = new URL(r.url())
    if (!['data:', 'blob:'].includes(url.protocol) && url.origin !== address) log.wrong.push(`a request to ${url.origin}`)
    if (url.pathname === '/graphql' && r.method() === 'POST') log.graphql.push(JSON.parse(r.postData()).operationName)
  })
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (e) => console.error(`CSP: ${e.violatedDirective} ${e.blockedURI} ${e.sourceFile}:${e.lineNumber}`))
  })
  if (persona) {
    const { token, expiresAt } = await (await context.request.post(`${address}/demo/token`, { data: { persona } })).json()
    const session = JSON.stringify({ token, expiresAt, persona })
    await page.addInitScript((s) => sessionStorage.getItem('adsgraph.session') ?? sessionStorage.setItem('adsgraph.session', s), session)
  }
  await page.goto(address + path)
  return { context, page, log, close: () => context.close() }
}

// Waits until nothing loads any more: no skeleton is left.
export async function settled(page) {
  await page.waitForFunction(() => document.querySelector('main, .graphiql-container') && !document.querySelector('.skel') && !document.querySelector('.busy'), null, { timeout: 20_000 })
  await page.evaluate(() => document.fonts.ready)
  await page.evaluate(() => new Promise((r) => requestAnimationFrame(() => requestAnimationFrame(r))))
}

// Waits until a page has asked for changes and for new numbers.
export async function listening(log) {
  for (const end = Date.now() + 20_000; log.subscribed < 2; await new Promise(setImmediate)) assert.ok(Date.now() < end, 'no subscription was sent')
}

// No serious or critical finding.
export async function accessible(page, where) {
  await page.evaluate(axe)
  const found = await page.evaluate(async () => {
    const { violations } = await globalThis.axe.run(document, { resultTypes: ['violations'] })
    return violations
      .filter((v) => ['serious', 'critical'].includes(v.impact))
      .map((v) => `${v.id}: ${v.nodes.slice(0, 4).map((n) => `${n.target.join(' ')} ${n.any[0]?.message ?? n.failureSummary}`).join(' | ')}`)
  })
  assert.deepEqual(found, [], `${where}: accessibility`)
}

export function clean(log, where) {
  assert.deepEqual(log.wrong, [], `${where}: console, policy and network`)
}

export async function fits(page, where) {
  const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
  assert.ok(over <= 0, `${where}: the page is ${over} px wider than the screen`)
}
