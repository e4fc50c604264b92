// Made by tools/gen.mjs from schema.graphqls; do not edit.
import { graphql } from 'react-relay'

export type MetricGroup = 'basics' | 'delivery' | 'engagement' | 'traffic' | 'conversions' | 'video'
export type MetricUnit = 'money' | 'count' | 'fraction' | 'ratio'
export type Metric = { name: string; field: string; title: string; group: MetricGroup; unit: MetricUnit; description: string }

export const metrics: readonly Metric[] = [
  {"name":"SPEND","field":"spend","title":"Spend","group":"basics","unit":"money","description":"Money spent on delivery, before tax."},
  {"name":"IMPRESSIONS","field":"impressions","title":"Impressions","group":"basics","unit":"count","description":"Times an ad was shown, paid and earned together."},
  {"name":"PAID_IMPRESSIONS","field":"paidImpressions","title":"Paid impressions","group":"delivery","unit":"count","description":"Times an ad was shown that were paid for."},
  {"name":"EARNED_IMPRESSIONS","field":"earnedImpressions","title":"Earned impressions","group":"delivery","unit":"count","description":"Times a saved copy of an ad was shown, free of charge."},
  {"name":"PIN_CLICKS","field":"pinClicks","title":"Pin clicks","group":"basics","unit":"count","description":"Clicks on the Pin, paid and earned together."},
  {"name":"PAID_PIN_CLICKS","field":"paidPinClicks","title":"Paid Pin clicks","group":"traffic","unit":"count","description":"Clicks on the Pin that were paid for."},
  {"name":"EARNED_PIN_CLICKS","field":"earnedPinClicks","title":"Earned Pin clicks","group":"traffic","unit":"count","description":"Clicks on saved copies of the Pin, free of charge."},
  {"name":"OUTBOUND_CLICKS","field":"outboundClicks","title":"Outbound clicks","group":"traffic","unit":"count","description":"Clicks that left for the advertiser's site, paid and earned together."},
  {"name":"SAVES","field":"saves","title":"Saves","group":"engagement","unit":"count","description":"Times a Pin was saved to a board, paid and earned together."},
  {"name":"ENGAGEMENTS","field":"engagements","title":"Engagements","group":"engagement","unit":"count","description":"Clicks, saves and other actions on an ad, paid and earned together."},
  {"name":"REACH","field":"reach","title":"Reach","group":"delivery","unit":"count","description":"Distinct people who saw an ad. It does not add up over days or entities, so it is known only for single entities and for windows of 1, 7 and 30 days that were counted. Null otherwise."},
  {"name":"FREQUENCY","field":"frequency","title":"Frequency","group":"delivery","unit":"ratio","description":"Impressions per person reached."},
  {"name":"VIDEO_STARTS","field":"videoStarts","title":"Video starts","group":"video","unit":"count","description":"Video plays started."},
  {"name":"VIDEO_VIEWS_2S","field":"videoViews2s","title":"Video views (2 s, MRC)","group":"video","unit":"count","description":"Video views of at least 2 seconds with half of the video in view (the MRC standard)."},
  {"name":"VIDEO_VIEWS_3S","field":"videoViews3s","title":"Video views (3 s)","group":"video","unit":"count","description":"Video views of at least 3 seconds."},
  {"name":"VIDEO_PLAYS_25","field":"videoPlays25","title":"Video plays to 25 %","group":"video","unit":"count","description":"Video plays that reached 25 % of the video's length."},
  {"name":"VIDEO_PLAYS_50","field":"videoPlays50","title":"Video plays to 50 %","group":"video","unit":"count","description":"Video plays that reached 50 % of the video's length."},
  {"name":"VIDEO_PLAYS_75","field":"videoPlays75","title":"Video plays to 75 %","group":"video","unit":"count","description":"Video plays that reached 75 % of the video's length."},
  {"name":"VIDEO_PLAYS_95","field":"videoPlays95","title":"Video plays to 95 %","group":"video","unit":"count","description":"Video plays that reached 95 % of the video's length."},
  {"name":"VIDEO_COMPLETIONS","field":"videoCompletions","title":"Video completions","group":"video","unit":"count","description":"Video plays that reached the end."},
  {"name":"LEADS","field":"leads","title":"Leads","group":"conversions","unit":"count","description":"Lead forms sent."},
  {"name":"CONVERSIONS","field":"conversions","title":"Conversions","group":"conversions","unit":"count","description":"Page visits, sign-ups, additions to cart and checkouts that attribution credits to ads."},
  {"name":"PAGE_VISITS","field":"pageVisits","title":"Page visits","group":"conversions","unit":"count","description":"Page visits that attribution credits to ads."},
  {"name":"SIGNUPS","field":"signups","title":"Sign-ups","group":"conversions","unit":"count","description":"Sign-ups that attribution credits to ads."},
  {"name":"ADD_TO_CARTS","field":"addToCarts","title":"Add to carts","group":"conversions","unit":"count","description":"Additions to cart that attribution credits to ads."},
  {"name":"CHECKOUTS","field":"checkouts","title":"Checkouts","group":"basics","unit":"count","description":"Checkouts that attribution credits to ads."},
  {"name":"CHECKOUT_VALUE","field":"checkoutValue","title":"Checkout value","group":"basics","unit":"money","description":"Order value of the credited checkouts."},
  {"name":"CTR","field":"ctr","title":"CTR","group":"basics","unit":"fraction","description":"Click-through rate: Pin clicks per impression."},
  {"name":"PAID_CTR","field":"paidCtr","title":"Paid CTR","group":"traffic","unit":"fraction","description":"Click-through rate of paid delivery: paid Pin clicks per paid impression."},
  {"name":"OUTBOUND_CTR","field":"outboundCtr","title":"Outbound CTR","group":"traffic","unit":"fraction","description":"Outbound clicks per impression."},
  {"name":"ENGAGEMENT_RATE","field":"engagementRate","title":"Engagement rate","group":"engagement","unit":"fraction","description":"Engagements per impression."},
  {"name":"SAVE_RATE","field":"saveRate","title":"Save rate","group":"engagement","unit":"fraction","description":"Saves per impression."},
  {"name":"CPC","field":"cpc","title":"CPC","group":"basics","unit":"money","description":"Cost per click: spend per Pin click."},
  {"name":"CPM","field":"cpm","title":"CPM","group":"delivery","unit":"money","description":"Cost per mille: spend per thousand paid impressions."},
  {"name":"CPE","field":"cpe","title":"Cost per engagement","group":"engagement","unit":"money","description":"Cost per engagement."},
  {"name":"COST_PER_OUTBOUND_CLICK","field":"costPerOutboundClick","title":"Cost per outbound click","group":"traffic","unit":"money","description":"Spend per outbound click."},
  {"name":"CPV","field":"cpv","title":"Cost per video view","group":"video","unit":"money","description":"Cost per view: spend per 2-second video view."},
  {"name":"VIDEO_COMPLETION_RATE","field":"videoCompletionRate","title":"Video completion rate","group":"video","unit":"fraction","description":"Completed plays per started play."},
  {"name":"COST_PER_LEAD","field":"costPerLead","title":"Cost per lead","group":"conversions","unit":"money","description":"Spend per lead."},
  {"name":"COST_PER_CHECKOUT","field":"costPerCheckout","title":"Cost per checkout","group":"conversions","unit":"money","description":"Spend per credited checkout."},
  {"name":"ROAS","field":"roas","title":"ROAS (checkout)","group":"basics","unit":"ratio","description":"Return on ad spend: value of credited checkouts per unit of money spent."},
  {"name":"CHECKOUT_CONVERSION_RATE","field":"checkoutConversionRate","title":"Checkout conversion rate","group":"conversions","unit":"fraction","description":"Credited checkouts per Pin click."},
  {"name":"AVERAGE_ORDER_VALUE","field":"averageOrderValue","title":"Average order value","group":"conversions","unit":"money","description":"Value per credited checkout."},
]

export const columnValues = graphql`
  fragment columns_values on MetricValues @inline {
    ... @include(if: $basics) {
      spend { amount }
      impressions
      pinClicks
      checkouts
      checkoutValue { amount }
      ctr
      cpc { amount }
      roas
    }
    ... @include(if: $delivery) {
      paidImpressions
      earnedImpressions
      reach
      frequency
      cpm { amount }
    }
    ... @include(if: $engagement) {
      saves
      engagements
      engagementRate
      saveRate
      cpe { amount }
    }
    ... @include(if: $traffic) {
      paidPinClicks
      earnedPinClicks
      outboundClicks
      paidCtr
      outboundCtr
      costPerOutboundClick { amount }
    }
    ... @include(if: $conversions) {
      leads
      conversions
      pageVisits
      signups
      addToCarts
      costPerLead { amount }
      costPerCheckout { amount }
      checkoutConversionRate
      averageOrderValue { amount }
    }
    ... @include(if: $video) {
      videoStarts
      videoViews2s
      videoViews3s
      videoPlays25
      videoPlays50
      videoPlays75
      videoPlays95
      videoCompletions
      cpv { amount }
      videoCompletionRate
    }
  }
`

export const columnChanges = graphql`
  fragment columns_changes on MetricChanges @inline {
    ... @include(if: $basics) {
      spend { percent verdict }
      impressions { percent verdict }
      pinClicks { percent verdict }
      checkouts { percent verdict }
      checkoutValue { percent verdict }
      ctr { percent verdict }
      cpc { percent verdict }
      roas { percent verdict }
    }
    ... @include(if: $delivery) {
      paidImpressions { percent verdict }
      earnedImpressions { percent verdict }
      reach { percent verdict }
      frequency { percent verdict }
      cpm { percent verdict }
    }
    ... @include(if: $engagement) {
      saves { percent verdict }
      engagements { percent verdict }
      engagementRate { percent verdict }
      saveRate { percent verdict }
      cpe { percent verdict }
    }
    ... @include(if: $traffic) {
      paidPinClicks { percent verdict }
      earnedPinClicks { percent verdict }
      outboundClicks { percent verdict }
      paidCtr { percent verdict }
      outboundCtr { percent verdict }
      costPerOutboundClick { percent verdict }
    }
    ... @include(if: $conversions) {
      leads { percent verdict }
      conversions { percent verdict }
      pageVisits { percent verdict }
      signups { percent verdict }
      addToCarts { percent verdict }
      costPerLead { percent verdict }
      costPerCheckout { percent verdict }
      checkoutConversionRate { percent verdict }
      averageOrderValue { percent verdict }
    }
    ... @include(if: $video) {
      videoStarts { percent verdict }
      videoViews2s { percent verdict }
      videoViews3s { percent verdict }
      videoPlays25 { percent verdict }
      videoPlays50 { percent verdict }
      videoPlays75 { percent verdict }
      videoPlays95 { percent verdict }
      videoCompletions { percent verdict }
      cpv { percent verdict }
      videoCompletionRate { percent verdict }
    }
  }
`
