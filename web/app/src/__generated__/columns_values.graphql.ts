/**
 * @generated SignedSource<<4d1b12aa076b7f1076f5592c4e8c3aa0>>
 * @lightSyntaxTransform
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

import { ReaderInlineDataFragment } from 'relay-runtime';
import { FragmentRefs } from "relay-runtime";
export type columns_values$data = {
  readonly addToCarts?: number;
  readonly averageOrderValue?: {
    readonly amount: string;
  } | null | undefined;
  readonly checkoutConversionRate?: number | null | undefined;
  readonly checkoutValue?: {
    readonly amount: string;
  };
  readonly checkouts?: number;
  readonly conversions?: number;
  readonly costPerCheckout?: {
    readonly amount: string;
  } | null | undefined;
  readonly costPerLead?: {
    readonly amount: string;
  } | null | undefined;
  readonly costPerOutboundClick?: {
    readonly amount: string;
  } | null | undefined;
  readonly cpc?: {
    readonly amount: string;
  } | null | undefined;
  readonly cpe?: {
    readonly amount: string;
  } | null | undefined;
  readonly cpm?: {
    readonly amount: string;
  } | null | undefined;
  readonly cpv?: {
    readonly amount: string;
  } | null | undefined;
  readonly ctr?: number | null | undefined;
  readonly earnedImpressions?: number;
  readonly earnedPinClicks?: number;
  readonly engagementRate?: number | null | undefined;
  readonly engagements?: number;
  readonly frequency?: number | null | undefined;
  readonly impressions?: number;
  readonly leads?: number;
  readonly outboundClicks?: number;
  readonly outboundCtr?: number | null | undefined;
  readonly pageVisits?: number;
  readonly paidCtr?: number | null | undefined;
  readonly paidImpressions?: number;
  readonly paidPinClicks?: number;
  readonly pinClicks?: number;
  readonly reach?: number | null | undefined;
  readonly roas?: number | null | undefined;
  readonly saveRate?: number | null | undefined;
  readonly saves?: number;
  readonly signups?: number;
  readonly spend?: {
    readonly amount: string;
  };
  readonly videoCompletionRate?: number | null | undefined;
  readonly videoCompletions?: number;
  readonly videoPlays25?: number;
  readonly videoPlays50?: number;
  readonly videoPlays75?: number;
  readonly videoPlays95?: number;
  readonly videoStarts?: number;
  readonly videoViews2s?: number;
  readonly videoViews3s?: number;
  readonly " $fragmentType": "columns_values";
};
export type columns_values$key = {
  readonly " $data"?: columns_values$data;
  readonly " $fragmentSpreads": FragmentRefs<"columns_values">;
};

const node: ReaderInlineDataFragment = {
  "kind": "InlineDataFragment",
  "name": "columns_values"
};

(node as any).hash = "c718cd576d495b1faedc92a1d2e7ef3d";

export default node;
