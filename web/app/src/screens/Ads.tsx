// The ads of an account, or of the campaigns and ad groups chosen before.
import { Link, useParams } from '@tanstack/react-router'
import { useMemo, type ReactNode } from 'react'
import { graphql, useFragment } from 'react-relay'
import { useEdit } from '../lib/edit'
import * as f from '../lib/format'
import { columnsOf, groupsOf, orderOf } from '../lib/presets'
import { reportOf } from '../lib/range'
import { kept, list, thresholds, useSearchState, type Search } from '../lib/search'
import { useScreen } from '../relay/screen'
import { Delivery, Thumb, Tip } from '../ui/kit'
import type { Column } from '../ui/table'
import { Toggle } from './Campaigns'
import { ListPage, sortOf, type Kind, type LoadedProps } from './ListPage'
import { deliveryChoice, rowsOf, type Choice } from './tables'
import type { AdsQuery } from '../__generated__/AdsQuery.graphql'
import type { Ads_list$data, Ads_list$key } from '../__generated__/Ads_list.graphql'

const query = graphql`
  query AdsQuery(
    $account: ID!
    $first: Int!
    $after: String
    $filter: AdFilter
    $orderBy: AdOrder
    $report: ReportInput!
    $basics: Boolean!
    $delivery: Boolean!
    $engagement: Boolean!
    $traffic: Boolean!
    $conversions: Boolean!
    $video: Boolean!
    $trend: Boolean!
  ) @screen(statements: 8) {
    viewer {
      ...Shell_viewer
    }
    advertiser(id: $account) @catch {
      ...Shell_advertiser
      ...Ads_list
    }
  }
`

const fragment = graphql`
  fragment Ads_list on Advertiser {
    currency
    timeZone
    viewerCanEditCampaigns
    ads(first: $first, after: $after, filter: $filter, orderBy: $orderBy, report: $report) @catch {
      totalCount
      facets {
        status {
          value
          count
        }
        review {
          value
          count
        }
        creativeType {
          value
          count
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
      totals {
        context {
          ...Shell_context @relay(mask: false)
        }
        total {
          ...columns_values
        }
        change {
          ...columns_changes
        }
        series(granularity: DAY) @include(if: $trend) {
          values {
            spend {
              amount
            }
          }
        }
      }
      edges {
        node {
          id
          adName: name
          status
          version
          updatedAt
          creativeType
          destinationUrl
          delivery {
            status
            reasons {
              code
              message
            }
          }
          review {
            status
            rejectedReasons
          }
          pin {
            id
            title
            isDeleted
          }
          adGroup {
            id
            name
          }
          campaign {
            id
            name
          }
        }
        metrics {
          total {
            ...columns_values
          }
          change {
            ...columns_changes
          }
          series(granularity: DAY) @include(if: $trend) {
            values {
              spend {
                amount
              }
            }
          }
        }
      }
    }
  }
`

type Edge = NonNullable<Extract<Ads_list$data['ads'], { ok: true }>['value']>['edges'][number]
type Row = Edge & { readonly node: Edge['node'] & { readonly name: string } }

const kind: Kind = {
  level: 'AD',
  title: 'Ads',
  what: 'ads',
  filter: (s) => ({
    ...(s.campaigns ? { campaignIds: list(s.campaigns) } : {}),
    ...(s.groups ? { adGroupIds: list(s.groups) } : {}),
    ...(s.status ? { status: list(s.status) } : {}),
    ...(s.delivery ? { delivery: list(s.delivery) } : {}),
    ...(s.review ? { review: list(s.review) } : {}),
    ...(s.type ? { creativeType: list(s.type) } : {}),
    ...(s.q ? { nameContains: s.q } : {}),
    ...(s.where ? { metrics: thresholds(s.where) } : {}),
  }),
  fields: ['id', 'name', 'campaignName', 'adGroupName', 'status', 'delivery', 'review', 'currency'],
  attributes: { REVIEW: 'Review', TYPE: 'Format', PARENT: 'Ad group', LINK: 'Leads to', UPDATED: 'Changed' },
}
const tones: Record<string, string> = { APPROVED: 'good', REJECTED: 'bad', PENDING: 'warn' }

export function Review({ review }: { review: { readonly status: string; readonly rejectedReasons: readonly string[] } }) {
  const badge = <span className={`badge ${tones[review.status] ?? ''}`}>{review.status === 'PENDING' ? 'In review' : f.words(review.status)}</span>
  if (!review.rejectedReasons.length) return badge
  const why = review.rejectedReasons.map(f.words).join(', ')
  return (
    <Tip text={why}>
      <button className="linkish" aria-label={`${f.words(review.status)}: ${why}`}>
        {badge}
      </button>
    </Tip>
  )
}

export function Ads() {
  const { account } = useParams({ from: '/a/$account/ads' })
  const [search, patch] = useSearchState()
  const { setup: _, ...groups } = groupsOf(columnsOf(search))
  const screen = useScreen<AdsQuery>(query, {
    account,
    first: rowsOf(search),
    after: list(search.after).at(-1) ?? null,
    filter: kind.filter(search) as never,
    orderBy: orderOf(sortOf(search)) as never,
    report: reportOf(search),
    ...groups,
  })
  return (
    <ListPage<AdsQuery, Row> kind={kind} account={account} search={search} patch={patch} screen={screen}>
      {(table, advertiser) => <Rows of={advertiser as unknown as Ads_list$key} account={account} search={search} table={table} />}
    </ListPage>
  )
}

function Rows({ of, account, search, table }: { of: Ads_list$key; account: string; search: Search; table: (p: LoadedProps<Row>) => ReactNode }) {
  const data = useFragment(fragment, of)
  const { currency, timeZone, viewerCanEditCampaigns: canEdit } = data
  const { edit } = useEdit('AD', account)
  const attributes = useMemo<Record<string, Column<Row>>>(
    () => ({
      REVIEW: { id: 'REVIEW', head: 'Review', cell: ({ node }) => <Review review={node.review} /> },
      TYPE: { id: 'TYPE', head: 'Format', cell: ({ node }) => f.words(node.creativeType) },
      PARENT: {
        id: 'PARENT',
        head: 'Ad group',
        cell: ({ node }) =>
          node.adGroup ? (
            <Link to="/a/$account/ad-groups/$adGroup" params={{ account, adGroup: node.adGroup.id }} search={kept(search) as never}>
              {node.adGroup.name}
            </Link>
          ) : (
            f.none
          ),
      },
      LINK: { id: 'LINK', head: 'Leads to', cell: ({ node }) => <span className="clip1">{node.destinationUrl ?? 'the Pin’s own link'}</span> },
      UPDATED: { id: 'UPDATED', head: 'Changed', sort: 'UPDATED_AT', cell: ({ node }) => f.instant(node.updatedAt, timeZone) },
    }),
    [account, search, timeZone],
  )
  const first = useMemo<Column<Row>[]>(
    () => [
      { id: 'On', head: 'On', className: 'pin2 c-on', cell: ({ node }) => <Toggle node={node} canEdit={canEdit} onChange={(on) => void edit([node], { status: on ? 'ACTIVE' : 'PAUSED' })} /> },
      {
        id: 'NAME',
        head: 'Ad',
        sort: 'NAME',
        rowHead: true,
        className: 'pin3 c-name',
        cell: ({ node }) => (
          <span style={{ display: 'flex', gap: 10, alignItems: 'center', minWidth: 0 }}>
            <Thumb id={node.pin?.id ?? node.id} label={f.words(node.creativeType)} />
            <span className="two" style={{ minWidth: 0 }}>
              <Link className="name" to="/a/$account/ads/$ad" params={{ account, ad: node.id }} search={kept(search) as never} title={node.name}>
                {node.name}
              </Link>
              <small>
                <Delivery delivery={node.delivery} /> <span aria-hidden>·</span> {f.words(node.creativeType)}
                {node.pin?.isDeleted ? <span className="badge warn">Pin deleted</span> : null}
              </small>
            </span>
          </span>
        ),
      },
    ],
    [account, canEdit, edit, search],
  )
  const facets = data.ads.ok ? data.ads.value?.facets : null
  const choices: Choice[] = [
    { key: 'review', title: 'Review', values: ['APPROVED', 'PENDING', 'REJECTED'], facets: facets?.review },
    { key: 'type', title: 'Format', values: (facets?.creativeType ?? []).filter((x) => x.count > 0).map((x) => x.value), facets: facets?.creativeType },
    deliveryChoice,
  ]
  const extra = [
    ...(search.campaigns ? [{ text: list(search.campaigns).length === 1 ? 'In one campaign' : `In ${list(search.campaigns).length} campaigns`, clear: { campaigns: undefined } }] : []),
    ...(search.groups ? [{ text: list(search.groups).length === 1 ? 'In one ad group' : `In ${list(search.groups).length} ad groups`, clear: { groups: undefined } }] : []),
  ]
  // An ad that nobody named goes by its Pin's title.
  const ads = data.ads.ok && data.ads.value ? { ok: true as const, value: { ...data.ads.value, edges: data.ads.value.edges.map((e) => ({ ...e, node: { ...e.node, name: e.node.adName ?? e.node.pin?.title ?? 'Unnamed' } })) } } : (data.ads as { ok: false; errors: unknown[] })
  return <>{table({ list: ads as never, currency, timeZone, canEdit, first, attributes, choices, extra })}</>
}
