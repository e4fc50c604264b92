// Whether something delivers, and what keeps it from that: the first cause decides.
const texts = {
  CAMPAIGN_ARCHIVED: ['ARCHIVED', 'CAMPAIGN', 'The campaign is archived.'],
  CAMPAIGN_DELETED_DRAFT: ['DELETED_DRAFT', 'CAMPAIGN', 'The campaign is a deleted draft.'],
  CAMPAIGN_DRAFT: ['DRAFT', 'CAMPAIGN', 'The campaign is a draft.'],
  ADVERTISER_DISABLED: ['ADVERTISER_DISABLED', 'ADVERTISER', 'The advertiser is disabled.'],
  CAMPAIGN_PAUSED: ['PAUSED', 'CAMPAIGN', 'The campaign is paused.'],
  CAMPAIGN_NOT_STARTED: ['NOT_STARTED', 'CAMPAIGN', 'The campaign has not started yet.'],
  CAMPAIGN_ENDED: ['COMPLETED', 'CAMPAIGN', 'The campaign has ended.'],
  CAMPAIGN_BUDGET_SPENT: ['COMPLETED', 'CAMPAIGN', 'The lifetime budget of the campaign is used up.'],
  CAMPAIGN_NO_SERVABLE_CHILD: ['NOT_DELIVERING', 'CAMPAIGN', 'The campaign has no active, approved ad to show.'],
  AD_GROUP_ARCHIVED: ['ARCHIVED', 'AD_GROUP', 'The ad group is archived.'],
  AD_GROUP_DELETED_DRAFT: ['DELETED_DRAFT', 'AD_GROUP', 'The ad group is a deleted draft.'],
  AD_GROUP_DRAFT: ['DRAFT', 'AD_GROUP', 'The ad group is a draft.'],
  AD_GROUP_PAUSED: ['PAUSED', 'AD_GROUP', 'The ad group is paused.'],
  AD_GROUP_NOT_STARTED: ['NOT_STARTED', 'AD_GROUP', 'The ad group has not started yet.'],
  AD_GROUP_ENDED: ['COMPLETED', 'AD_GROUP', 'The ad group has ended.'],
  AD_GROUP_BUDGET_SPENT: ['COMPLETED', 'AD_GROUP', 'The lifetime budget of the ad group is used up.'],
  AD_GROUP_NO_SERVABLE_CHILD: ['NOT_DELIVERING', 'AD_GROUP', 'The ad group has no active, approved ad to show.'],
}

const never = ['ARCHIVED', 'DELETED_DRAFT', 'DRAFT']
const key = (row, id = row.id) => ({ advertiser: row.advertiser_id, id })

const delivery = (codes) => {
  const found = codes.filter(Boolean)
  return {
    status: found.length ? texts[found[0]][0] : 'RUNNING',
    reasons: found.map((code) => ({ code, level: texts[code][1], message: texts[code][2] })),
  }
}

export const campaignDelivery = async (c, _, context) => {
  const { now } = context
  const [advertiser, spent, servable] = await Promise.all([
    context.advertiser.load(c.advertiser_id),
    c.lifetime_budget_micros !== null && context.campaignSpent.load(key(c)),
    c.status !== 'ACTIVE' || context.campaignServable.load(key(c)),
  ])
  return delivery([
    never.includes(c.status) && `CAMPAIGN_${c.status}`,
    advertiser.status === 'DISABLED' && 'ADVERTISER_DISABLED',
    c.status === 'PAUSED' && 'CAMPAIGN_PAUSED',
    c.start_at > now && 'CAMPAIGN_NOT_STARTED',
    c.end_at && c.end_at <= now && 'CAMPAIGN_ENDED',
    spent && c.lifetime_budget_micros <= spent.spend_micros && 'CAMPAIGN_BUDGET_SPENT',
    !servable && 'CAMPAIGN_NO_SERVABLE_CHILD',
  ])
}

export const adGroupDelivery = async (g, _, context) => {
  const { now } = context
  const [advertiser, c] = await Promise.all([context.advertiser.load(g.advertiser_id), context.campaign.load(key(g, g.campaign_id))])
  const [spent, campaignSpent, servable] = await Promise.all([
    g.budget_type === 'LIFETIME' && context.adGroupSpent.load(key(g)),
    c.lifetime_budget_micros !== null && context.campaignSpent.load(key(c)),
    g.status !== 'ACTIVE' || context.adGroupServable.load(key(g)),
  ])
  return delivery([
    never.includes(g.status) && `AD_GROUP_${g.status}`,
    never.includes(c.status) && `CAMPAIGN_${c.status}`,
    advertiser.status === 'DISABLED' && 'ADVERTISER_DISABLED',
    g.status === 'PAUSED' && 'AD_GROUP_PAUSED',
    c.status === 'PAUSED' && 'CAMPAIGN_PAUSED',
    g.start_at > now && 'AD_GROUP_NOT_STARTED',
    c.start_at > now && 'CAMPAIGN_NOT_STARTED',
    g.end_at && g.end_at <= now && 'AD_GROUP_ENDED',
    c.end_at && c.end_at <= now && 'CAMPAIGN_ENDED',
    spent && g.budget_micros <= spent.spend_micros && 'AD_GROUP_BUDGET_SPENT',
    campaignSpent && c.lifetime_budget_micros <= campaignSpent.spend_micros && 'CAMPAIGN_BUDGET_SPENT',
    !servable && 'AD_GROUP_NO_SERVABLE_CHILD',
  ])
}
