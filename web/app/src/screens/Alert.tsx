// A notification, in words.
import { Link } from '@tanstack/react-router'
import { BadgeAlert, CircleAlert, CreditCard, Radio, Timer, Wallet, X, Check } from 'lucide-react'
import type { ReactNode } from 'react'
import { graphql, useFragment } from 'react-relay'
import * as f from '../lib/format'
import type { Alert_notification$data, Alert_notification$key } from '../__generated__/Alert_notification.graphql'

const icons: Record<string, ReactNode> = {
  BUDGET_SPENT: <Wallet />,
  CAMPAIGN_ENDING: <Timer />,
  AD_REJECTED: <BadgeAlert />,
  PAYMENT_FAILED: <CreditCard />,
  INVOICE_OVERDUE: <CreditCard />,
  CREDIT_LOW: <Wallet />,
  TAG_SILENT: <Radio />,
}

type Params = Record<string, unknown>
const amount = (v: unknown) => {
  const m = v as { micros: string; currency: string } | undefined
  if (!m) return ''
  const digits = String(m.micros).padStart(7, '0')
  return f.money(`${digits.slice(0, -6)}.${digits.slice(-6)}`, m.currency)
}

// The texts of the keys, filled in. A key that is new to this client falls back to its type.
const texts: Record<string, (p: Params, zone: string) => [string, string]> = {
  'ad.rejected': (p) => ['An ad was rejected in review', `Reason: ${((p.reasons as string[]) ?? []).map(f.words).join(', ') || 'not given'}.`],
  'credit.low': (p) => ['An ad credit is nearly used up', `${amount(p.remaining)} left of “${String(p.name)}”${p.expiresOn ? `, good until ${f.day(String(p.expiresOn))}` : ''}.`],
  'invoice.overdue': (p) => ['An invoice is overdue', `${String(p.number)}, ${amount(p.billed)}, was due on ${f.day(String(p.dueOn))}.`],
  'payment.failed': (p) => ['A payment was refused', `${String(p.label)} could not be charged${p.number ? ` for ${String(p.number)}` : ''}.`],
  'campaign.budgetSpent': (p) => ['A campaign’s budget is used up', `All of ${amount(p.budget)} is spent, so it stopped.`],
  'adGroup.budgetSpent': (p) => ['An ad group’s budget is used up', `All of ${amount(p.budget)} is spent, so it stopped.`],
  'tag.silent': (p, zone) => ['A conversion tag stopped reporting', `Its last event came ${f.instant(String(p.lastFiredAt), zone)}.`],
  'campaign.endsSoon': (p, zone) => ['A campaign ends soon', p.endAt ? `It ends ${f.instant(String(p.endAt), zone)}.` : 'It ends within a week.'],
}

export function Alert({ of, account, timeZone, onRead, onDismiss }: { of: Alert_notification$key; account: string; timeZone: string; onRead?: () => void; onDismiss?: () => void }) {
  const n = useFragment(
    graphql`
      fragment Alert_notification on Notification {
        id
        type
        severity
        state
        textKey
        params
        createdAt
        entity {
          __typename
          id
          ... on Campaign {
            name
          }
          ... on AdGroup {
            name
          }
          ... on Ad {
            adName: name
          }
          ... on ConversionTag {
            name
          }
        }
      }
    `,
    of,
  )
  const [title, text] = texts[n.textKey]?.((n.params ?? {}) as Params, timeZone) ?? [f.words(n.type), '']
  return (
    <article className={`alert ${n.state === 'UNREAD' ? 'unread' : ''}`}>
      <span className={`dot ${n.severity}`} aria-hidden>
        {icons[n.type] ?? <CircleAlert />}
      </span>
      <div className="two">
        <strong style={{ fontWeight: n.state === 'UNREAD' ? 650 : 550 }}>
          {title}
          <span className="sr">, {f.words(n.severity)}{n.state === 'UNREAD' ? ', unread' : ''}</span>
        </strong>
        <span style={{ color: 'var(--ink-2)', fontSize: 13 }}>{text}</span>
        <Subject entity={n.entity} account={account} />
      </div>
      <span className="when" title={f.instant(n.createdAt, timeZone)}>
        {f.ago(n.createdAt)}
      </span>
      {onRead && n.state === 'UNREAD' ? (
        <button className="btn quiet small icon" onClick={onRead} aria-label={`Mark as read: ${title}`}>
          <Check className="i" aria-hidden />
        </button>
      ) : null}
      {onDismiss ? (
        <button className="btn quiet small icon" onClick={onDismiss} aria-label={`Dismiss: ${title}`}>
          <X className="i" aria-hidden />
        </button>
      ) : null}
    </article>
  )
}

export function Subject({ entity, account }: { entity: Alert_notification$data['entity']; account: string }) {
  if (!entity) return null
  const style = { fontSize: 13 }
  switch (entity.__typename) {
    case 'Campaign':
      return (
        <Link style={style} to="/a/$account/campaigns/$campaign" params={{ account, campaign: entity.id }}>
          {entity.name}
        </Link>
      )
    case 'AdGroup':
      return (
        <Link style={style} to="/a/$account/ad-groups/$adGroup" params={{ account, adGroup: entity.id }}>
          {entity.name}
        </Link>
      )
    case 'Ad':
      return (
        <Link style={style} to="/a/$account/ads/$ad" params={{ account, ad: entity.id }}>
          {entity.adName ?? 'Unnamed ad'}
        </Link>
      )
    default:
      return <span style={style}>{(entity as { name?: string }).name}</span>
  }
}
