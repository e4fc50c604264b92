// One ad: what it shows, what review said, how it does.
import { Link, useParams } from '@tanstack/react-router'
import { graphql, useFragment } from 'react-relay'
import { useEdit } from '../lib/edit'
import * as f from '../lib/format'
import { reportOf } from '../lib/range'
import { kept, useSearchState, type Patch, type Search } from '../lib/search'
import { failureOfField } from '../relay/errors'
import { Failed, Panel, useScreen } from '../relay/screen'
import { Delivery, Thumb } from '../ui/kit'
import { DateRange } from '../ui/range'
import { Review } from './Ads'
import { Toggle } from './Campaigns'
import { Card, Crumbs, PageSkeleton, Part } from './parts'
import { Performance } from './Performance'
import { Fresh, Shell } from './Shell'
import type { AdQuery } from '../__generated__/AdQuery.graphql'
import type { Ad_detail$key } from '../__generated__/Ad_detail.graphql'

const query = graphql`
  query AdQuery($account: ID!, $ad: ID!, $report: ReportInput!) @screen(statements: 10) {
    viewer {
      ...Shell_viewer
    }
    advertiser(id: $account) @catch {
      ...Shell_advertiser
      viewerCanEditCampaigns
    }
    ad(id: $ad) @catch {
      ...Ad_detail
    }
  }
`

export function Ad() {
  const { account, ad } = useParams({ from: '/a/$account/ads/$ad' })
  const [search, patch] = useSearchState()
  const screen = useScreen<AdQuery>(query, { account, ad, report: reportOf(search) })
  return (
    <Shell screen={screen}>
      <Panel screen={screen} fallback={<PageSkeleton />}>
        {(d) =>
          d.ad.ok && d.ad.value ? (
            <Detail of={d.ad.value} canEdit={d.advertiser.ok && (d.advertiser.value?.viewerCanEditCampaigns ?? false)} account={account} search={search} patch={patch} reload={screen.reload} />
          ) : (
            <Failed
              failure={d.ad.ok ? { code: 'NOT_FOUND', message: 'There is no such ad.' } : failureOfField(d.ad)}
              acts={
                <Link className="btn" to="/a/$account/ads" params={{ account }}>
                  All ads
                </Link>
              }
            />
          )
        }
      </Panel>
    </Shell>
  )
}

function Detail({ of, canEdit, account, search, patch, reload }: { of: Ad_detail$key; canEdit: boolean; account: string; search: Search; patch: Patch; reload: () => void }) {
  const ad = useFragment(
    graphql`
      fragment Ad_detail on Ad {
        id
        adName: name
        status
        version
        creativeType
        destinationUrl
        createdAt
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
          reviewedAt
        }
        pin {
          id
          title
          description
          width
          height
          videoSeconds
          isDeleted
        }
        advertiser {
          currency
          timeZone
        }
        campaign {
          id
          name
        }
        adGroup {
          id
          name
        }
        metrics(report: $report) @catch {
          context {
            ...Shell_context @relay(mask: false)
          }
          ...Performance_report
          more: total {
            paidImpressions
            earnedImpressions
            paidPinClicks
            earnedPinClicks
            saves
            videoStarts
            videoPlays25
            videoPlays50
            videoPlays75
            videoPlays95
            videoCompletions
          }
        }
      }
    `,
    of,
  )
  const { edit } = useEdit('AD', account)
  const { timeZone } = ad.advertiser
  const name = ad.adName ?? ad.pin?.title ?? 'Unnamed ad'
  const m = ad.metrics.ok ? ad.metrics.value : null
  const funnel: [string, number][] = m ? [['Started', m.more.videoStarts], ['25 %', m.more.videoPlays25], ['50 %', m.more.videoPlays50], ['75 %', m.more.videoPlays75], ['95 %', m.more.videoPlays95], ['To the end', m.more.videoCompletions]] : []
  return (
    <>
      <Crumbs
        items={[
          ad.campaign ? (
            <Link key="1" to="/a/$account/campaigns/$campaign" params={{ account, campaign: ad.campaign.id }} search={kept(search) as never}>
              {ad.campaign.name}
            </Link>
          ) : null,
          ad.adGroup ? (
            <Link key="2" to="/a/$account/ad-groups/$adGroup" params={{ account, adGroup: ad.adGroup.id }} search={kept(search) as never}>
              {ad.adGroup.name}
            </Link>
          ) : null,
          <span key="3" aria-current="page">{name}</span>,
        ]}
      />
      <div className="page-head">
        <div className="title-line">
          <Toggle node={{ ...ad, name }} canEdit={canEdit} onChange={(on) => void edit([{ ...ad, name }], { status: on ? 'ACTIVE' : 'PAUSED' })} />
          <h1>{name}</h1>
          <Delivery delivery={ad.delivery} />
          {m ? <Fresh context={m.context} account={account} reload={reload} /> : null}
        </div>
        <div className="end">
          <DateRange search={search} patch={patch} context={m?.context ?? null} timeZone={timeZone} />
        </div>
      </div>
      {ad.metrics.ok && ad.metrics.value ? <Performance of={ad.metrics.value} search={search} patch={patch} /> : <Card title="Performance"><Part of={ad.metrics} retry={reload}>{() => null}</Part></Card>}
      <div className="cols">
        <Card title="What it shows" className="w4">
          <div style={{ display: 'grid', gap: 12 }}>
            <div style={{ display: 'flex', justifyContent: 'center', padding: 10, background: 'var(--sunk)', borderRadius: 10 }}>
              <Thumb id={ad.pin?.id ?? ad.id} label={f.words(ad.creativeType)} size={150} />
            </div>
            <strong>{ad.pin?.isDeleted ? 'The Pin was deleted by its owner' : ad.pin?.title}</strong>
            <p style={{ color: 'var(--ink-2)' }}>{ad.pin?.description}</p>
          </div>
        </Card>
        <Card title="Settings" className="w4">
          <dl className="facts">
            <dt>Format</dt>
            <dd>{f.words(ad.creativeType)}</dd>
            <dt>Size</dt>
            <dd className="num">{ad.pin?.width ? `${ad.pin.width} × ${ad.pin.height}` : f.none}{ad.pin?.videoSeconds ? `, ${ad.pin.videoSeconds} s` : ''}</dd>
            <dt>Leads to</dt>
            <dd style={{ overflowWrap: 'anywhere' }}>{ad.destinationUrl ?? 'The Pin’s own link'}</dd>
            <dt>Review</dt>
            <dd><Review review={ad.review} /> {ad.review.reviewedAt ? <span className="muted">{f.dayOf(ad.review.reviewedAt, timeZone)}</span> : null}</dd>
            <dt>Made</dt>
            <dd>{f.dayOf(ad.createdAt, timeZone)}</dd>
          </dl>
        </Card>
        <Card title={funnel[0]?.[1] ? 'How far the video is watched' : 'Paid and earned'} className="w4">
          {m ? (
            funnel[0]?.[1] ? (
              <table className="bars">
                <caption className="sr">How far the video is watched</caption>
                <tbody>
                  {funnel.map(([label, n]) => (
                    <tr key={label}>
                      <th scope="row">
                        <span>{label}</span>
                        <span className="bar">
                          <i style={{ width: `${(100 * n) / funnel[0]![1]}%` }} />
                        </span>
                      </th>
                      <td>{f.count(n)}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            ) : (
              <dl className="facts num">
                <dt>Paid impressions</dt>
                <dd>{f.count(m.more.paidImpressions)}</dd>
                <dt>Earned impressions</dt>
                <dd>{f.count(m.more.earnedImpressions)}</dd>
                <dt>Paid Pin clicks</dt>
                <dd>{f.count(m.more.paidPinClicks)}</dd>
                <dt>Earned Pin clicks</dt>
                <dd>{f.count(m.more.earnedPinClicks)}</dd>
                <dt>Saves</dt>
                <dd>{f.count(m.more.saves)}</dd>
              </dl>
            )
          ) : null}
        </Card>
      </div>
    </>
  )
}
