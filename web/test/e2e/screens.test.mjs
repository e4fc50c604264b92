// Every screen: one request, nothing wrong in the console or by the policy,
// accessible, and no wider than the window. With SHOTS=1 it takes the pictures of
// docs/screens.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { join } from 'node:path'
import { accessible, clean, fits, open, settled, shots, startBrowser, startDemo } from './harness.mjs'

let demo, browser
before(async () => {
  demo = await startDemo()
  browser = await startBrowser()
})
after(async () => {
  await browser?.close()
  await demo?.stop()
})

const a = '/a/MUEx'
const screens = [
  ['accounts', '/'],
  ['overview', `${a}/overview`],
  ['campaigns', `${a}/campaigns`],
  ['campaign', `${a}/campaigns/MUMxLjE`],
  ['ad-groups', `${a}/ad-groups`],
  ['ad-group', `${a}/ad-groups/MUcxLjE`],
  ['ads', `${a}/ads`],
  ['report', `${a}/reports`],
  ['history', `${a}/history`],
  ['notifications', `${a}/notifications`],
  ['members', `${a}/members`],
  ['billing', `${a}/billing`],
  ['edit', `${a}/campaigns/edit?status=ACTIVE&q=Summer`],
  ['create', `${a}/create`],
]
const only = process.env.ONLY?.split(',')

for (const [name, path] of screens) {
  if (only && !only.includes(name)) continue
  for (const [suffix, options] of [
    ['', {}],
    ['-phone', { width: 390, height: 844 }],
    ['-dark', { dark: true }],
  ]) {
    if (suffix === '-dark' && !['overview', 'campaigns', 'campaign'].includes(name)) continue
    test(`${name}${suffix}: one request, clean and accessible`, async () => {
      const { page, log, close } = await open(browser, demo.address, { path, ...options })
      await settled(page)
      assert.equal(log.graphql.length, 1, `sent ${log.graphql.join(', ')}`)
      await fits(page, name)
      if (process.env.SHOTS) await page.screenshot({ path: join(shots, `${name}${suffix}.png`) })
      await accessible(page, name)
      if (!options.dark) {
        await page.emulateMedia({ colorScheme: 'dark' })
        await accessible(page, `${name} in the dark`)
      }
      assert.equal(log.graphql.length, 1, `sent ${log.graphql.join(', ')}`)
      clean(log, name)
      await close()
    })
  }
}
