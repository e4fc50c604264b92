// What people do: find, sort, change, take back; and what they see when
// something fails.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, test } from 'node:test'
import { accessible, clean, open, settled, startBrowser, startDemo } from './harness.mjs'

let demo, browser
before(async () => {
  demo = await startDemo()
  browser = await startBrowser()
})
after(async () => {
  await browser?.close()
  await demo?.stop()
})

const list = '/a/MUEx/campaigns'
const rows = (page) => page.getByRole('table', { name: 'Campaigns with their numbers' }).locator('tbody tr')

// Calls the API beside the page, as another person would.
async function ask(context, query, variables, persona = 'owner') {
  const { token } = await (await context.request.post(`${demo.address}/demo/token`, { data: { persona } })).json()
  return (await context.request.post(`${demo.address}/graphql`, { data: { query, variables }, headers: { Authorization: `Bearer ${token}` } })).json()
}

test('sorting, filtering, columns and dates are in the address, one request each', async () => {
  const { page, log, close } = await open(browser, demo.address, { path: list })
  await settled(page)
  const step = async (what, expected, requests = 1) => {
    const before = log.graphql.length
    await what()
    await page.waitForURL(expected)
    await settled(page)
    assert.equal(log.graphql.length - before, requests, `requests for ${expected}`)
  }
  await step(() => page.getByRole('button', { name: 'CTR', exact: true }).click(), /sort=-CTR/)
  assert.equal(await page.getByRole('columnheader', { name: 'CTR' }).getAttribute('aria-sort'), 'descending')
  await step(() => page.getByRole('group', { name: 'Status' }).getByRole('button', { name: /^Paused/ }).click(), /status=PAUSED/)
  assert.equal(await rows(page).count(), 4)
  await step(() => page.getByRole('button', { name: 'All', exact: true }).click(), (u) => !u.search.includes('status'))
  await page.getByRole('button', { name: 'Filters' }).click()
  await page.getByLabel('Value').fill('1000000')
  await step(() => page.getByRole('button', { name: 'Add', exact: true }).click(), /where=IMPRESSIONS:1000000:/)
  await page.keyboard.press('Escape')
  await page.getByText('Impressions ≥ 1,000,000').waitFor()
  await step(() => page.getByRole('button', { name: 'Clear all' }).click(), (u) => !u.search.includes('where'))
  await page.getByRole('button', { name: /Columns/ }).click()
  await step(() => page.getByRole('menuitemradio', { name: 'Video' }).click(), /cols=video/)
  await page.getByRole('columnheader', { name: 'Video starts' }).waitFor()
  await page.getByRole('button', { name: /Dates:/ }).click()
  await step(() => page.getByRole('option', { name: 'Last 7 days' }).click(), /range=LAST_7_DAYS/)
  await page.goBack()
  await page.waitForURL((u) => !u.search.includes('range'))
  await page.getByLabel('Search campaigns').fill('nothing is called this')
  await page.getByText('No campaigns match').waitFor()
  assert.ok(await page.getByLabel('Search campaigns').evaluate((e) => e === document.activeElement), 'the search keeps the focus')
  await page.getByRole('button', { name: 'Clear search and filters' }).click()
  await rows(page).first().waitFor()
  clean(log, 'finding')
  await close()
})

test('a switch shows at once, and can be taken back', async () => {
  const { page, log, context, close } = await open(browser, demo.address, { path: `${list}?status=ACTIVE&q=Merino` })
  await settled(page)
  const toggle = rows(page).first().getByRole('switch')
  assert.equal(await toggle.isChecked(), true)
  let release
  const held = new Promise((r) => (release = r))
  await page.route('**/graphql', async (route) => {
    if (route.request().postDataJSON().operationName === 'editCampaignsMutation') await held
    await route.continue()
  })
  await toggle.press('Space')
  assert.equal(await toggle.isChecked(), false, 'before the server has answered')
  release()
  await page.getByRole('button', { name: 'Undo' }).click()
  await page.getByText('Taken back').waitFor()
  await page.waitForFunction(() => document.querySelector('tbody [role=switch]')?.checked)
  const { data } = await ask(context, '{advertiser(id:"MUEx"){campaigns(first:1,filter:{nameContains:"Merino"}){edges{node{status}}}}}')
  assert.equal(data.advertiser.campaigns.edges[0].node.status, 'ACTIVE')
  clean(log, 'switching')
  await close()
})

test('a switch goes back, with a reason, when the change fails', async () => {
  const { page, close } = await open(browser, demo.address, { path: `${list}?status=ACTIVE` })
  await settled(page)
  await page.route('**/graphql', (route) => (route.request().postDataJSON().operationName === 'editCampaignsMutation' ? route.abort() : route.continue()))
  const toggle = rows(page).first().getByRole('switch')
  await toggle.press('Space')
  await page.getByText(/^Not changed: Check your connection/).waitFor()
  assert.equal(await toggle.isChecked(), true)
  await close()
})

test('what a colleague changes appears without a request', async () => {
  const { page, log, context, close } = await open(browser, demo.address, { path: `${list}?q=Trail Running` })
  await settled(page)
  await page.waitForTimeout(600) // the socket opens after the page; nothing on the page tells
  const before = log.graphql.length
  const found = await ask(context, '{advertiser(id:"MUEx"){campaigns(first:1,filter:{nameContains:"Trail Running"}){edges{node{id version name}}}}}')
  const { id, version, name } = found.data.advertiser.campaigns.edges[0].node
  const change = (version, name) => ask(context, 'mutation($i:UpdateCampaignsInput!){updateCampaigns(input:$i){campaigns{version} userErrors{message}}}', { i: { advertiserId: 'MUEx', campaigns: [{ id, version, name }] } })
  await change(version, 'Renamed by a colleague')
  await page.getByRole('link', { name: 'Renamed by a colleague' }).waitFor()
  assert.equal(log.graphql.length, before)
  await change(version + 1, name)
  await page.getByRole('link', { name, exact: true }).waitFor()
  const second = await open(browser, demo.address, { path: `${list}?q=Trail Running`, persona: 'manager' })
  await settled(second.page)
  const on = await rows(page).first().getByRole('switch').isChecked()
  await rows(second.page).first().getByRole('switch').click({ force: true })
  await rows(page).first().getByRole('switch', { checked: !on }).waitFor()
  await rows(second.page).first().getByRole('switch').click({ force: true })
  await rows(page).first().getByRole('switch', { checked: on }).waitFor()
  assert.equal(log.graphql.length, before)
  await second.close()
  await close()
})

test('a budget asks again when it changes much, and keeps what was typed', async () => {
  const { page, close } = await open(browser, demo.address, { path: `${list}?q=Hiking` })
  await settled(page)
  await page.getByRole('button', { name: /Change the budget of Hiking/ }).click()
  const field = page.getByRole('dialog').getByRole('textbox')
  await field.fill('abc')
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByText('An amount is a number above 0').waitFor()
  assert.equal(await field.inputValue(), 'abc')
  await field.fill('900')
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByText('more than twice').waitFor()
  await page.getByRole('button', { name: 'Yes, change it' }).click()
  await page.getByText('Changed the budget of').waitFor()
  await page.getByRole('button', { name: /\$900\.00/ }).waitFor()
  await page.getByRole('button', { name: 'Undo' }).click()
  await page.getByRole('button', { name: /\$150\.00/ }).waitFor()
  await close()
})

test('without the server the page says so, keeps its filters, and recovers', async () => {
  const { page, close } = await open(browser, demo.address, { path: '/a/MUEx/billing' })
  await settled(page)
  await page.route('**/graphql', (route) => route.abort())
  await page.getByRole('link', { name: 'Campaigns' }).first().click()
  await page.getByText('The server cannot be reached').waitFor()
  await page.getByLabel('Search campaigns').waitFor()
  await accessible(page, 'without the server')
  await page.unroute('**/graphql')
  await page.getByRole('button', { name: 'Try again' }).first().click()
  await rows(page).first().waitFor()
  await close()
})

test('what is refused, and a part that failed, say what to do', async () => {
  const { page, close } = await open(browser, demo.address, { path: '/a/MUEx/billing' })
  await settled(page)
  const refuse = (status, code, message) =>
    page.route('**/graphql', (route) => route.fulfill({ status, headers: { 'Retry-After': '7' }, json: { errors: [{ message, extensions: { code } }] } }))
  await refuse(429, 'RATE_LIMITED', 'Wait as long as Retry-After says.')
  await page.getByRole('link', { name: 'Campaigns' }).first().click()
  await page.getByText('That was a lot at once').waitFor()
  await page.unroute('**/graphql')
  await page.getByRole('button', { name: 'Try again' }).first().click()
  await rows(page).first().waitFor()
  await refuse(404, 'PERSISTED_DOCUMENT_UNKNOWN', 'No trusted document has this id.')
  await page.getByRole('link', { name: 'Ads', exact: true }).first().click()
  await page.getByText('Load the page again to get it.').first().waitFor()
  await page.unroute('**/graphql')
  await page.route('**/graphql', async (route) => {
    const response = await route.fetch()
    const answer = await response.json()
    answer.data.advertiser.campaigns = null
    answer.errors = [{ message: 'Something went wrong on our side.', path: ['advertiser', 'campaigns'], extensions: { code: 'INTERNAL' } }]
    await route.fulfill({ response, json: answer })
  })
  await page.goto(demo.address + list)
  await page.getByText('Something went wrong on our side.').waitFor()
  await page.getByText('Northwind Outdoor').first().waitFor()
  await accessible(page, 'a part that failed')
  await close()
})

test('a session that ended asks to sign in again over the page, and goes on', async () => {
  const { page, log, close } = await open(browser, demo.address, { path: list, allowed: ['401'] })
  await settled(page)
  let refused = 0
  await page.route('**/graphql', (route) => (refused++ === 0 ? route.fulfill({ status: 401, contentType: 'application/json', body: '{"errors":[{"message":"The token has expired.","extensions":{"code":"UNAUTHENTICATED"}}]}' }) : route.continue()))
  await page.getByLabel('Search campaigns').fill('Merino')
  await page.getByRole('dialog', { name: 'Your session has ended' }).waitFor()
  await page.getByRole('button', { name: 'Go on as owner' }).click()
  await page.getByText('1–1 of 1').waitFor()
  assert.equal(await page.getByLabel('Search campaigns').inputValue(), 'Merino')
  clean(log, 'signing in again')
  await close()
})

test('roles decide what is shown', async () => {
  const analyst = await open(browser, demo.address, { path: list, persona: 'analyst' })
  await settled(analyst.page)
  assert.equal(await analyst.page.getByRole('link', { name: 'Create' }).count(), 0)
  assert.equal(await rows(analyst.page).first().getByRole('switch').isDisabled(), true)
  assert.equal(await analyst.page.getByRole('link', { name: 'Members' }).count(), 0)
  await analyst.close()
  const finance = await open(browser, demo.address, { path: list, persona: 'finance' })
  await finance.page.getByText('You do not have access to this').waitFor()
  assert.equal(finance.log.graphql.length, 1)
  clean(finance.log, 'without access')
  await finance.close()
  const nobody = await open(browser, demo.address, { persona: 'nobody' })
  await nobody.page.getByText(/No account was shared with you|You do not have access/).first().waitFor()
  const manager = await open(browser, demo.address, { path: list, persona: 'manager' })
  await settled(manager.page)
  assert.equal(await rows(manager.page).first().getByRole('switch').isDisabled(), false)
  await manager.close()
  const viewer = await open(browser, demo.address, { path: list, persona: 'viewer' }) // of another account
  await viewer.page.getByText('There is nothing here').first().waitFor()
  await viewer.close()
  await nobody.close()
})

test('many are changed after a look at what that does, and taken back', async () => {
  const { page, log, close } = await open(browser, demo.address, { path: `${list}?q=Summer&status=ACTIVE` })
  await settled(page)
  await page.getByLabel('Select all on this page').check({ force: true })
  await page.getByRole('button', { name: /Edit and preview/ }).click()
  await settled(page)
  await page.getByRole('combobox', { name: 'Budget' }).selectOption('raise')
  await page.getByRole('textbox', { name: 'Percent' }).fill('10')
  await page.getByRole('button', { name: 'Preview' }).click()
  await page.getByText('What that does').waitFor()
  await accessible(page, 'preview')
  const apply = page.getByRole('button', { name: /^Apply to \d+$/ })
  if (await apply.isDisabled()) await page.getByText('I looked at the warnings').click()
  await apply.click()
  await page.getByText(/^Changed \d+ campaigns$/).waitFor()
  await page.getByRole('button', { name: 'Undo' }).click()
  await page.getByText('Taken back').waitFor()
  clean(log, 'changing many')
  await close()
})

test('a campaign is made step by step, and kept as a draft', async () => {
  const { page, log, close } = await open(browser, demo.address, { path: '/a/MUEx/create' })
  await settled(page)
  await page.getByLabel('Name').fill('Made by a test')
  await page.getByRole('button', { name: 'Next' }).click()
  await page.getByRole('button', { name: 'Next' }).click()
  await page.getByLabel('Amount').fill('120')
  await page.getByRole('button', { name: 'Next' }).click()
  await page.reload()
  await settled(page)
  await page.getByRole('button', { name: /What it costs/ }).click()
  assert.equal(await page.getByLabel('Amount').inputValue(), '120', 'what was typed stays over a reload')
  await page.getByRole('button', { name: /Look and publish/ }).click()
  await page.getByText(/missing or wrong/).first().waitFor()
  await page.getByRole('button', { name: 'Save as draft' }).click()
  await page.waitForURL(/\/campaigns\/[^/]+$/)
  await page.getByRole('heading', { name: 'Made by a test' }).waitFor()
  clean(log, 'making')
  await close()
})

test('the list is taken away as a file with its totals', async () => {
  const { page, close } = await open(browser, demo.address, { path: `${list}?status=ACTIVE` })
  await settled(page)
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: /Export/ }).click()])
  const lines = readFileSync(await file.path(), 'utf8').trim().split('\r\n')
  assert.match(lines[0], /id,name,status,delivery,objective,currency,spend/)
  assert.match(lines.at(-1), /^Total,/)
  assert.equal(lines.length, 19 + 2)
  await close()
})

test('pages follow each other, and lead back', async () => {
  const { page, log, close } = await open(browser, demo.address, { path: '/a/MUEx/ads?rows=25' })
  await settled(page)
  await page.getByText('1–25 of').waitFor()
  await page.getByRole('button', { name: 'Next page' }).click()
  await page.getByText('26–50 of').waitFor()
  await page.getByRole('button', { name: 'Previous page' }).click()
  await page.getByText('1–25 of').waitFor()
  assert.equal(log.graphql.length, 3)
  await close()
})

test('numbers and days are those of the reader’s language', async () => {
  const { page, close } = await open(browser, demo.address, { path: list, locale: 'de-DE' })
  await settled(page)
  await page.getByText(/^\d{2}\.\d{3},\d{2}\s\$$/).first().waitFor()
  await close()
})

test('the playground answers examples for each person, under its policy', async () => {
  const { page, log, close } = await open(browser, demo.address, { path: '/playground?example=Members', persona: null })
  await page.locator('.examples li').first().waitFor()
  assert.ok((await page.locator('.examples li').count()) >= 20)
  const run = async () => {
    const [answer] = await Promise.all([page.waitForResponse((r) => r.url().endsWith('/graphql') && r.request().postData().includes('query Members')), page.getByRole('button', { name: /Execute query/ }).click()])
    return answer.json()
  }
  await page.waitForFunction(() => document.body.innerText.includes('viewerCanEditMembers') || document.querySelector('.graphiql-query-editor')?.textContent.includes('Members'))
  const { errors, extensions } = await run()
  assert.equal(errors, undefined)
  await page.getByRole('button', { name: 'Show Explain' }).click()
  const shown = page.locator('.explain tbody tr')
  await shown.first().waitFor()
  assert.deepEqual(await shown.locator('td:first-child').allTextContents(), extensions.explain.statements.map((s) => s.name))
  await page.getByText(`estimated ${extensions.cost.estimated}`).waitFor()
  await page.getByLabel('Signed in as').selectOption('analyst')
  await page.waitForResponse('**/demo/token')
  await page.waitForTimeout(100)
  assert.equal((await run()).errors[0].extensions.code, 'FORBIDDEN')
  clean(log, 'playground')
  await close()
})
