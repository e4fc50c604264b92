/**
 * @generated SignedSource<<2abf023661212c7cf38ddb9fda110c19>>
 * @lightSyntaxTransform
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

import { ReaderInlineDataFragment } from 'relay-runtime';
export type Verdict = "BAD" | "GOOD" | "NEUTRAL" | "%future added value";
import { FragmentRefs } from "relay-runtime";
export type columns_changes$data = {
  readonly addToCarts?: {
    readonly percent: number | null | undefined;
    readonly verdict: Verdict;
  } | null | undefined;
  readonly averageOrderValue?: {
    readonly percent: number | null | undefined;
    readonly verdict: Verdict;
  } | null | undefined;
  readonly checkoutConversionRate?: {
    readonly percent: number | null | undefined;
    readonly verdict: Verdict;
  } | null | undefined;
  readonly checkoutValue?: {
    readonly percent: number | null | undefined;
    readonly verdict: Verdict;
  } | null | undefined;
  readonly checkouts?: {
    readonly percent: number | null | undefined;
    readonly verdict: Verdict;
  } | null | undefined;
  readonly conversions?: {
    readonly percent: number | null | undefined;
    readonly verdict: Verdict;
  } | null | undefined;
  readonly costPerCheckout?: {
    readonly percent: number | null | undefined;
    readonly verdict: Verdict;
  } | null | undefined;
  readonly costPerLead?: {
    readonly percent: number | null | undefined;
    readonly verdict: Verdict;
  } | null | undefined;
  readonly costPerOutboundClick?: {
    readonly percent: number | null | undefined;
    readonly verdict: Verdict;
  } | null | undefined;
  readonly cpc?: {
    readonly percent: number | null | undefined;
    readonly verdict: Verdict;
  } | null | undefined;
  readonly cpe?: {
    readonly percent: number | null | undefined;
    readonly verdict: Verdict;
  } | null | undefined;
  readonly cpm?: {
    readonly percent: number | null | undefined;
    readonly verdict: Verdict;
  } | null | undefined;
  readonly cpv?: {
    readonly percent: number | null | undefined;
    readonly verdict: Verdict;
  } | null | undefined;
  readonly ctr?: {
    readonly percent: number | null | undefined;
    readonly verdict: Verdict;
  } | null | undefined;
  readonly earnedImpressions?: {
    readonly percent: number | null | undefined;
    readonly verdict: Verdict;
  } | null | undefined;
  readonly earnedPinClicks?: {
    readonly percent: number | null | undefined;
    readonly verdict: Verdict;
  } | null | undefined;
  readonly engagementRate?: {
    readonly percent: number | null | undefined;
    readonly verdict: Verdict;
  } | null | undefined;
  readonly engagements?: {
    readonly percent: number | null | undefined;
    readonly verdict: Verdict;
  } | null | undefined;
  readonly frequency?: {
    readonly percent: number | null | undefined;
    readonly verdict: Verdict;
  } | null | undefined;
  readonly impressions?: {
    readonly percent: number | null | undefined;
    readonly verdict: Verdict;
  } | null | undefined;
  readonly leads?: {
    readonly percent: number | null | undefined;
    readonly verdict: Verdict;
  } | null | undefined;
  readonly outboundClicks?: {
    readonly percent: number | null | undefined;
    readonly verdict: Verdict;
  } | null | undefined;
  readonly outboundCtr?: {
    readonly percent: number | null | undefined;
    readonly verdict: Verdict;
  } | null | undefined;
  readonly pageVisits?: {
    readonly percent: number | null | undefined;
    readonly verdict: Verdict;
  } | null | undefined;
  readonly paidCtr?: {
    readonly percent: number | null | undefined;
    readonly verdict: Verdict;
  } | null | undefined;
  readonly paidImpressions?: {
    readonly percent: number | null | undefined;
    readonly verdict: Verdict;
  } | null | undefined;
  readonly paidPinClicks?: {
    readonly percent: number | null | undefined;
    readonly verdict: Verdict;
  } | null | undefined;
  readonly pinClicks?: {
    readonly percent: number | null | undefined;
    readonly verdict: Verdict;
  } | null | undefined;
  readonly reach?: {
    readonly percent: number | null | undefined;
    readonly verdict: Verdict;
  } | null | undefined;
  readonly roas?: {
    readonly percent: number | null | undefined;
    readonly verdict: Verdict;
  } | null | undefined;
  readonly saveRate?: {
    readonly percent: number | null | undefined;
    readonly verdict: Verdict;
  } | null | undefined;
  readonly saves?: {
    readonly percent: number | null | undefined;
    readonly verdict: Verdict;
  } | null | undefined;
  readonly signups?: {
    readonly percent: number | null | undefined;
    readonly verdict: Verdict;
  } | null | undefined;
  readonly spend?: {
    readonly percent: number | null | undefined;
    readonly verdict: Verdict;
  } | null | undefined;
  readonly videoCompletionRate?: {
    readonly percent: number | null | undefined;
    readonly verdict: Verdict;
  } | null | undefined;
  readonly videoCompletions?: {
    readonly percent: number | null | undefined;
    readonly verdict: Verdict;
  } | null | undefined;
  readonly videoPlays25?: {
    readonly percent: number | null | undefined;
    readonly verdict: Verdict;
  } | null | undefined;
  readonly videoPlays50?: {
    readonly percent: number | null | undefined;
    readonly verdict: Verdict;
  } | null | undefined;
  readonly videoPlays75?: {
    readonly percent: number | null | undefined;
    readonly verdict: Verdict;
  } | null | undefined;
  readonly videoPlays95?: {
    readonly percent: number | null | undefined;
    readonly verdict: Verdict;
  } | null | undefined;
  readonly videoStarts?: {
    readonly percent: number | null | undefined;
    readonly verdict: Verdict;
  } | null | undefined;
  readonly videoViews2s?: {
    readonly percent: number | null | undefined;
    readonly verdict: Verdict;
  } | null | undefined;
  readonly videoViews3s?: {
    readonly percent: number | null | undefined;
    readonly verdict: Verdict;
  } | null | undefined;
  readonly " $fragmentType": "columns_changes";
};
export type columns_changes$key = {
  readonly " $data"?: columns_changes$data;
  readonly " $fragmentSpreads": FragmentRefs<"columns_changes">;
};

const node: ReaderInlineDataFragment = {
  "kind": "InlineDataFragment",
  "name": "columns_changes"
};

(node as any).hash = "6c23be8208d52d22076c4a3ce1abedb4";

export default node;
