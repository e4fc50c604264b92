/**
 * @generated SignedSource<<025787dc8ee28f38fb784c84935d05b1>>
 * @relayHash 5378a6dbad68e4c19f1b751e3c2066b2
 * @lightSyntaxTransform
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

// @relayRequestID 171f65f0771cd7041ccb8260d015b5dc042814bfc8577712b8d0459191827de0

import { ConcreteRequest } from 'relay-runtime';
import { FragmentRefs, Result } from "relay-runtime";
export type AdField = "CREATED_AT" | "ID" | "NAME" | "STATUS" | "UPDATED_AT" | "%future added value";
export type Comparison = "PREVIOUS_PERIOD" | "SAME_WEEKDAYS_LAST_YEAR" | "%future added value";
export type CreativeType = "CAROUSEL" | "COLLAGE" | "COLLECTION" | "IDEA" | "MAX_VIDEO" | "QUIZ" | "REGULAR" | "SHOPPING" | "SHOWCASE" | "VIDEO" | "%future added value";
export type DatePreset = "LAST_14_DAYS" | "LAST_30_DAYS" | "LAST_7_DAYS" | "LAST_MONTH" | "THIS_MONTH" | "TODAY" | "YESTERDAY" | "%future added value";
export type DeliveryStatus = "ADVERTISER_DISABLED" | "ARCHIVED" | "COMPLETED" | "DELETED_DRAFT" | "DRAFT" | "NOT_DELIVERING" | "NOT_STARTED" | "PAUSED" | "PENDING" | "REJECTED" | "RUNNING" | "%future added value";
export type Direction = "ASC" | "DESC" | "%future added value";
export type EntityStatus = "ACTIVE" | "ARCHIVED" | "DELETED_DRAFT" | "DRAFT" | "PAUSED" | "%future added value";
export type MetricName = "ADD_TO_CARTS" | "AVERAGE_ORDER_VALUE" | "CHECKOUTS" | "CHECKOUT_CONVERSION_RATE" | "CHECKOUT_VALUE" | "CONVERSIONS" | "COST_PER_CHECKOUT" | "COST_PER_LEAD" | "COST_PER_OUTBOUND_CLICK" | "CPC" | "CPE" | "CPM" | "CPV" | "CTR" | "EARNED_IMPRESSIONS" | "EARNED_PIN_CLICKS" | "ENGAGEMENTS" | "ENGAGEMENT_RATE" | "FREQUENCY" | "IMPRESSIONS" | "LEADS" | "OUTBOUND_CLICKS" | "OUTBOUND_CTR" | "PAGE_VISITS" | "PAID_CTR" | "PAID_IMPRESSIONS" | "PAID_PIN_CLICKS" | "PIN_CLICKS" | "REACH" | "ROAS" | "SAVES" | "SAVE_RATE" | "SIGNUPS" | "SPEND" | "VIDEO_COMPLETIONS" | "VIDEO_COMPLETION_RATE" | "VIDEO_PLAYS_25" | "VIDEO_PLAYS_50" | "VIDEO_PLAYS_75" | "VIDEO_PLAYS_95" | "VIDEO_STARTS" | "VIDEO_VIEWS_2S" | "VIDEO_VIEWS_3S" | "%future added value";
export type MetricOrderOf = "DIFFERENCE" | "PREVIOUS" | "%future added value";
export type ReportTime = "AD_ACTION" | "CONVERSION" | "%future added value";
export type ReviewStatus = "APPROVED" | "OTHER" | "PENDING" | "REJECTED" | "%future added value";
export type AdFilter = {
  adGroupIds?: ReadonlyArray<string> | null | undefined;
  campaignIds?: ReadonlyArray<string> | null | undefined;
  creativeType?: ReadonlyArray<CreativeType> | null | undefined;
  delivery?: ReadonlyArray<DeliveryStatus> | null | undefined;
  ids?: ReadonlyArray<string> | null | undefined;
  metrics?: ReadonlyArray<MetricThreshold> | null | undefined;
  nameContains?: string | null | undefined;
  review?: ReadonlyArray<ReviewStatus> | null | undefined;
  status?: ReadonlyArray<EntityStatus> | null | undefined;
};
export type MetricThreshold = {
  max?: number | null | undefined;
  metric: MetricName;
  min?: number | null | undefined;
};
export type AdOrder = {
  direction: Direction;
  field?: AdField | null | undefined;
  metric?: MetricName | null | undefined;
  of?: MetricOrderOf | null | undefined;
};
export type ReportInput = {
  attribution?: AttributionInput | null | undefined;
  compareTo?: Comparison | null | undefined;
  dates: DatesInput;
};
export type DatesInput = {
  from?: string | null | undefined;
  preset?: DatePreset | null | undefined;
  to?: string | null | undefined;
};
export type AttributionInput = {
  clickWindowDays?: number | null | undefined;
  engagementWindowDays?: number | null | undefined;
  reportTime?: ReportTime | null | undefined;
  viewWindowDays?: number | null | undefined;
};
export type AdsQuery$variables = {
  account: string;
  after?: string | null | undefined;
  basics: boolean;
  conversions: boolean;
  delivery: boolean;
  engagement: boolean;
  filter?: AdFilter | null | undefined;
  first: number;
  orderBy?: AdOrder | null | undefined;
  report: ReportInput;
  traffic: boolean;
  trend: boolean;
  video: boolean;
};
export type AdsQuery$data = {
  readonly advertiser: Result<{
    readonly " $fragmentSpreads": FragmentRefs<"Ads_list" | "Shell_advertiser">;
  } | null | undefined, unknown>;
  readonly viewer: {
    readonly " $fragmentSpreads": FragmentRefs<"Shell_viewer">;
  };
};
export type AdsQuery = {
  response: AdsQuery$data;
  variables: AdsQuery$variables;
};

const node: ConcreteRequest = (function(){
var v0 = {
  "defaultValue": null,
  "kind": "LocalArgument",
  "name": "account"
},
v1 = {
  "defaultValue": null,
  "kind": "LocalArgument",
  "name": "after"
},
v2 = {
  "defaultValue": null,
  "kind": "LocalArgument",
  "name": "basics"
},
v3 = {
  "defaultValue": null,
  "kind": "LocalArgument",
  "name": "conversions"
},
v4 = {
  "defaultValue": null,
  "kind": "LocalArgument",
  "name": "delivery"
},
v5 = {
  "defaultValue": null,
  "kind": "LocalArgument",
  "name": "engagement"
},
v6 = {
  "defaultValue": null,
  "kind": "LocalArgument",
  "name": "filter"
},
v7 = {
  "defaultValue": null,
  "kind": "LocalArgument",
  "name": "first"
},
v8 = {
  "defaultValue": null,
  "kind": "LocalArgument",
  "name": "orderBy"
},
v9 = {
  "defaultValue": null,
  "kind": "LocalArgument",
  "name": "report"
},
v10 = {
  "defaultValue": null,
  "kind": "LocalArgument",
  "name": "traffic"
},
v11 = {
  "defaultValue": null,
  "kind": "LocalArgument",
  "name": "trend"
},
v12 = {
  "defaultValue": null,
  "kind": "LocalArgument",
  "name": "video"
},
v13 = [
  {
    "kind": "Variable",
    "name": "id",
    "variableName": "account"
  }
],
v14 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "name",
  "storageKey": null
},
v15 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "id",
  "storageKey": null
},
v16 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "timeZone",
  "storageKey": null
},
v17 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "status",
  "storageKey": null
},
v18 = [
  {
    "alias": null,
    "args": null,
    "kind": "ScalarField",
    "name": "value",
    "storageKey": null
  },
  {
    "alias": null,
    "args": null,
    "kind": "ScalarField",
    "name": "count",
    "storageKey": null
  }
],
v19 = [
  {
    "alias": null,
    "args": null,
    "kind": "ScalarField",
    "name": "amount",
    "storageKey": null
  }
],
v20 = {
  "alias": null,
  "args": null,
  "concreteType": "Money",
  "kind": "LinkedField",
  "name": "spend",
  "plural": false,
  "selections": (v19/*:: as any*/),
  "storageKey": null
},
v21 = {
  "alias": null,
  "args": null,
  "concreteType": "MetricValues",
  "kind": "LinkedField",
  "name": "total",
  "plural": false,
  "selections": [
    {
      "condition": "basics",
      "kind": "Condition",
      "passingValue": true,
      "selections": [
        (v20/*:: as any*/),
        {
          "alias": null,
          "args": null,
          "kind": "ScalarField",
          "name": "impressions",
          "storageKey": null
        },
        {
          "alias": null,
          "args": null,
          "kind": "ScalarField",
          "name": "pinClicks",
          "storageKey": null
        },
        {
          "alias": null,
          "args": null,
          "kind": "ScalarField",
          "name": "checkouts",
          "storageKey": null
        },
        {
          "alias": null,
          "args": null,
          "concreteType": "Money",
          "kind": "LinkedField",
          "name": "checkoutValue",
          "plural": false,
          "selections": (v19/*:: as any*/),
          "storageKey": null
        },
        {
          "alias": null,
          "args": null,
          "kind": "ScalarField",
          "name": "ctr",
          "storageKey": null
        },
        {
          "alias": null,
          "args": null,
          "concreteType": "Money",
          "kind": "LinkedField",
          "name": "cpc",
          "plural": false,
          "selections": (v19/*:: as any*/),
          "storageKey": null
        },
        {
          "alias": null,
          "args": null,
          "kind": "ScalarField",
          "name": "roas",
          "storageKey": null
        }
      ]
    },
    {
      "condition": "delivery",
      "kind": "Condition",
      "passingValue": true,
      "selections": [
        {
          "alias": null,
          "args": null,
          "kind": "ScalarField",
          "name": "paidImpressions",
          "storageKey": null
        },
        {
          "alias": null,
          "args": null,
          "kind": "ScalarField",
          "name": "earnedImpressions",
          "storageKey": null
        },
        {
          "alias": null,
          "args": null,
          "kind": "ScalarField",
          "name": "reach",
          "storageKey": null
        },
        {
          "alias": null,
          "args": null,
          "kind": "ScalarField",
          "name": "frequency",
          "storageKey": null
        },
        {
          "alias": null,
          "args": null,
          "concreteType": "Money",
          "kind": "LinkedField",
          "name": "cpm",
          "plural": false,
          "selections": (v19/*:: as any*/),
          "storageKey": null
        }
      ]
    },
    {
      "condition": "engagement",
      "kind": "Condition",
      "passingValue": true,
      "selections": [
        {
          "alias": null,
          "args": null,
          "kind": "ScalarField",
          "name": "saves",
          "storageKey": null
        },
        {
          "alias": null,
          "args": null,
          "kind": "ScalarField",
          "name": "engagements",
          "storageKey": null
        },
        {
          "alias": null,
          "args": null,
          "kind": "ScalarField",
          "name": "engagementRate",
          "storageKey": null
        },
        {
          "alias": null,
          "args": null,
          "kind": "ScalarField",
          "name": "saveRate",
          "storageKey": null
        },
        {
          "alias": null,
          "args": null,
          "concreteType": "Money",
          "kind": "LinkedField",
          "name": "cpe",
          "plural": false,
          "selections": (v19/*:: as any*/),
          "storageKey": null
        }
      ]
    },
    {
      "condition": "traffic",
      "kind": "Condition",
      "passingValue": true,
      "selections": [
        {
          "alias": null,
          "args": null,
          "kind": "ScalarField",
          "name": "paidPinClicks",
          "storageKey": null
        },
        {
          "alias": null,
          "args": null,
          "kind": "ScalarField",
          "name": "earnedPinClicks",
          "storageKey": null
        },
        {
          "alias": null,
          "args": null,
          "kind": "ScalarField",
          "name": "outboundClicks",
          "storageKey": null
        },
        {
          "alias": null,
          "args": null,
          "kind": "ScalarField",
          "name": "paidCtr",
          "storageKey": null
        },
        {
          "alias": null,
          "args": null,
          "kind": "ScalarField",
          "name": "outboundCtr",
          "storageKey": null
        },
        {
          "alias": null,
          "args": null,
          "concreteType": "Money",
          "kind": "LinkedField",
          "name": "costPerOutboundClick",
          "plural": false,
          "selections": (v19/*:: as any*/),
          "storageKey": null
        }
      ]
    },
    {
      "condition": "conversions",
      "kind": "Condition",
      "passingValue": true,
      "selections": [
        {
          "alias": null,
          "args": null,
          "kind": "ScalarField",
          "name": "leads",
          "storageKey": null
        },
        {
          "alias": null,
          "args": null,
          "kind": "ScalarField",
          "name": "conversions",
          "storageKey": null
        },
        {
          "alias": null,
          "args": null,
          "kind": "ScalarField",
          "name": "pageVisits",
          "storageKey": null
        },
        {
          "alias": null,
          "args": null,
          "kind": "ScalarField",
          "name": "signups",
          "storageKey": null
        },
        {
          "alias": null,
          "args": null,
          "kind": "ScalarField",
          "name": "addToCarts",
          "storageKey": null
        },
        {
          "alias": null,
          "args": null,
          "concreteType": "Money",
          "kind": "LinkedField",
          "name": "costPerLead",
          "plural": false,
          "selections": (v19/*:: as any*/),
          "storageKey": null
        },
        {
          "alias": null,
          "args": null,
          "concreteType": "Money",
          "kind": "LinkedField",
          "name": "costPerCheckout",
          "plural": false,
          "selections": (v19/*:: as any*/),
          "storageKey": null
        },
        {
          "alias": null,
          "args": null,
          "kind": "ScalarField",
          "name": "checkoutConversionRate",
          "storageKey": null
        },
        {
          "alias": null,
          "args": null,
          "concreteType": "Money",
          "kind": "LinkedField",
          "name": "averageOrderValue",
          "plural": false,
          "selections": (v19/*:: as any*/),
          "storageKey": null
        }
      ]
    },
    {
      "condition": "video",
      "kind": "Condition",
      "passingValue": true,
      "selections": [
        {
          "alias": null,
          "args": null,
          "kind": "ScalarField",
          "name": "videoStarts",
          "storageKey": null
        },
        {
          "alias": null,
          "args": null,
          "kind": "ScalarField",
          "name": "videoViews2s",
          "storageKey": null
        },
        {
          "alias": null,
          "args": null,
          "kind": "ScalarField",
          "name": "videoViews3s",
          "storageKey": null
        },
        {
          "alias": null,
          "args": null,
          "kind": "ScalarField",
          "name": "videoPlays25",
          "storageKey": null
        },
        {
          "alias": null,
          "args": null,
          "kind": "ScalarField",
          "name": "videoPlays50",
          "storageKey": null
        },
        {
          "alias": null,
          "args": null,
          "kind": "ScalarField",
          "name": "videoPlays75",
          "storageKey": null
        },
        {
          "alias": null,
          "args": null,
          "kind": "ScalarField",
          "name": "videoPlays95",
          "storageKey": null
        },
        {
          "alias": null,
          "args": null,
          "kind": "ScalarField",
          "name": "videoCompletions",
          "storageKey": null
        },
        {
          "alias": null,
          "args": null,
          "concreteType": "Money",
          "kind": "LinkedField",
          "name": "cpv",
          "plural": false,
          "selections": (v19/*:: as any*/),
          "storageKey": null
        },
        {
          "alias": null,
          "args": null,
          "kind": "ScalarField",
          "name": "videoCompletionRate",
          "storageKey": null
        }
      ]
    }
  ],
  "storageKey": null
},
v22 = [
  {
    "alias": null,
    "args": null,
    "kind": "ScalarField",
    "name": "percent",
    "storageKey": null
  },
  {
    "alias": null,
    "args": null,
    "kind": "ScalarField",
    "name": "verdict",
    "storageKey": null
  }
],
v23 = {
  "alias": null,
  "args": null,
  "concreteType": "MetricChanges",
  "kind": "LinkedField",
  "name": "change",
  "plural": false,
  "selections": [
    {
      "condition": "basics",
      "kind": "Condition",
      "passingValue": true,
      "selections": [
        {
          "alias": null,
          "args": null,
          "concreteType": "MoneyChange",
          "kind": "LinkedField",
          "name": "spend",
          "plural": false,
          "selections": (v22/*:: as any*/),
          "storageKey": null
        },
        {
          "alias": null,
          "args": null,
          "concreteType": "NumberChange",
          "kind": "LinkedField",
          "name": "impressions",
          "plural": false,
          "selections": (v22/*:: as any*/),
          "storageKey": null
        },
        {
          "alias": null,
          "args": null,
          "concreteType": "NumberChange",
          "kind": "LinkedField",
          "name": "pinClicks",
          "plural": false,
          "selections": (v22/*:: as any*/),
          "storageKey": null
        },
        {
          "alias": null,
          "args": null,
          "concreteType": "NumberChange",
          "kind": "LinkedField",
          "name": "checkouts",
          "plural": false,
          "selections": (v22/*:: as any*/),
          "storageKey": null
        },
        {
          "alias": null,
          "args": null,
          "concreteType": "MoneyChange",
          "kind": "LinkedField",
          "name": "checkoutValue",
          "plural": false,
          "selections": (v22/*:: as any*/),
          "storageKey": null
        },
        {
          "alias": null,
          "args": null,
          "concreteType": "NumberChange",
          "kind": "LinkedField",
          "name": "ctr",
          "plural": false,
          "selections": (v22/*:: as any*/),
          "storageKey": null
        },
        {
          "alias": null,
          "args": null,
          "concreteType": "MoneyChange",
          "kind": "LinkedField",
          "name": "cpc",
          "plural": false,
          "selections": (v22/*:: as any*/),
          "storageKey": null
        },
        {
          "alias": null,
          "args": null,
          "concreteType": "NumberChange",
          "kind": "LinkedField",
          "name": "roas",
          "plural": false,
          "selections": (v22/*:: as any*/),
          "storageKey": null
        }
      ]
    },
    {
      "condition": "delivery",
      "kind": "Condition",
      "passingValue": true,
      "selections": [
        {
          "alias": null,
          "args": null,
          "concreteType": "NumberChange",
          "kind": "LinkedField",
          "name": "paidImpressions",
          "plural": false,
          "selections": (v22/*:: as any*/),
          "storageKey": null
        },
        {
          "alias": null,
          "args": null,
          "concreteType": "NumberChange",
          "kind": "LinkedField",
          "name": "earnedImpressions",
          "plural": false,
          "selections": (v22/*:: as any*/),
          "storageKey": null
        },
        {
          "alias": null,
          "args": null,
          "concreteType": "NumberChange",
          "kind": "LinkedField",
          "name": "reach",
          "plural": false,
          "selections": (v22/*:: as any*/),
          "storageKey": null
        },
        {
          "alias": null,
          "args": null,
          "concreteType": "NumberChange",
          "kind": "LinkedField",
          "name": "frequency",
          "plural": false,
          "selections": (v22/*:: as any*/),
          "storageKey": null
        },
        {
          "alias": null,
          "args": null,
          "concreteType": "MoneyChange",
          "kind": "LinkedField",
          "name": "cpm",
          "plural": false,
          "selections": (v22/*:: as any*/),
          "storageKey": null
        }
      ]
    },
    {
      "condition": "engagement",
      "kind": "Condition",
      "passingValue": true,
      "selections": [
        {
          "alias": null,
          "args": null,
          "concreteType": "NumberChange",
          "kind": "LinkedField",
          "name": "saves",
          "plural": false,
          "selections": (v22/*:: as any*/),
          "storageKey": null
        },
        {
          "alias": null,
          "args": null,
          "concreteType": "NumberChange",
          "kind": "LinkedField",
          "name": "engagements",
          "plural": false,
          "selections": (v22/*:: as any*/),
          "storageKey": null
        },
        {
          "alias": null,
          "args": null,
          "concreteType": "NumberChange",
          "kind": "LinkedField",
          "name": "engagementRate",
          "plural": false,
          "selections": (v22/*:: as any*/),
          "storageKey": null
        },
        {
          "alias": null,
          "args": null,
          "concreteType": "NumberChange",
          "kind": "LinkedField",
          "name": "saveRate",
          "plural": false,
          "selections": (v22/*:: as any*/),
          "storageKey": null
        },
        {
          "alias": null,
          "args": null,
          "concreteType": "MoneyChange",
          "kind": "LinkedField",
          "name": "cpe",
          "plural": false,
          "selections": (v22/*:: as any*/),
          "storageKey": null
        }
      ]
    },
    {
      "condition": "traffic",
      "kind": "Condition",
      "passingValue": true,
      "selections": [
        {
          "alias": null,
          "args": null,
          "concreteType": "NumberChange",
          "kind": "LinkedField",
          "name": "paidPinClicks",
          "plural": false,
          "selections": (v22/*:: as any*/),
          "storageKey": null
        },
        {
          "alias": null,
          "args": null,
          "concreteType": "NumberChange",
          "kind": "LinkedField",
          "name": "earnedPinClicks",
          "plural": false,
          "selections": (v22/*:: as any*/),
          "storageKey": null
        },
        {
          "alias": null,
          "args": null,
          "concreteType": "NumberChange",
          "kind": "LinkedField",
          "name": "outboundClicks",
          "plural": false,
          "selections": (v22/*:: as any*/),
          "storageKey": null
        },
        {
          "alias": null,
          "args": null,
          "concreteType": "NumberChange",
          "kind": "LinkedField",
          "name": "paidCtr",
          "plural": false,
          "selections": (v22/*:: as any*/),
          "storageKey": null
        },
        {
          "alias": null,
          "args": null,
          "concreteType": "NumberChange",
          "kind": "LinkedField",
          "name": "outboundCtr",
          "plural": false,
          "selections": (v22/*:: as any*/),
          "storageKey": null
        },
        {
          "alias": null,
          "args": null,
          "concreteType": "MoneyChange",
          "kind": "LinkedField",
          "name": "costPerOutboundClick",
          "plural": false,
          "selections": (v22/*:: as any*/),
          "storageKey": null
        }
      ]
    },
    {
      "condition": "conversions",
      "kind": "Condition",
      "passingValue": true,
      "selections": [
        {
          "alias": null,
          "args": null,
          "concreteType": "NumberChange",
          "kind": "LinkedField",
          "name": "leads",
          "plural": false,
          "selections": (v22/*:: as any*/),
          "storageKey": null
        },
        {
          "alias": null,
          "args": null,
          "concreteType": "NumberChange",
          "kind": "LinkedField",
          "name": "conversions",
          "plural": false,
          "selections": (v22/*:: as any*/),
          "storageKey": null
        },
        {
          "alias": null,
          "args": null,
          "concreteType": "NumberChange",
          "kind": "LinkedField",
          "name": "pageVisits",
          "plural": false,
          "selections": (v22/*:: as any*/),
          "storageKey": null
        },
        {
          "alias": null,
          "args": null,
          "concreteType": "NumberChange",
          "kind": "LinkedField",
          "name": "signups",
          "plural": false,
          "selections": (v22/*:: as any*/),
          "storageKey": null
        },
        {
          "alias": null,
          "args": null,
          "concreteType": "NumberChange",
          "kind": "LinkedField",
          "name": "addToCarts",
          "plural": false,
          "selections": (v22/*:: as any*/),
          "storageKey": null
        },
        {
          "alias": null,
          "args": null,
          "concreteType": "MoneyChange",
          "kind": "LinkedField",
          "name": "costPerLead",
          "plural": false,
          "selections": (v22/*:: as any*/),
          "storageKey": null
        },
        {
          "alias": null,
          "args": null,
          "concreteType": "MoneyChange",
          "kind": "LinkedField",
          "name": "costPerCheckout",
          "plural": false,
          "selections": (v22/*:: as any*/),
          "storageKey": null
        },
        {
          "alias": null,
          "args": null,
          "concreteType": "NumberChange",
          "kind": "LinkedField",
          "name": "checkoutConversionRate",
          "plural": false,
          "selections": (v22/*:: as any*/),
          "storageKey": null
        },
        {
          "alias": null,
          "args": null,
          "concreteType": "MoneyChange",
          "kind": "LinkedField",
          "name": "averageOrderValue",
          "plural": false,
          "selections": (v22/*:: as any*/),
          "storageKey": null
        }
      ]
    },
    {
      "condition": "video",
      "kind": "Condition",
      "passingValue": true,
      "selections": [
        {
          "alias": null,
          "args": null,
          "concreteType": "NumberChange",
          "kind": "LinkedField",
          "name": "videoStarts",
          "plural": false,
          "selections": (v22/*:: as any*/),
          "storageKey": null
        },
        {
          "alias": null,
          "args": null,
          "concreteType": "NumberChange",
          "kind": "LinkedField",
          "name": "videoViews2s",
          "plural": false,
          "selections": (v22/*:: as any*/),
          "storageKey": null
        },
        {
          "alias": null,
          "args": null,
          "concreteType": "NumberChange",
          "kind": "LinkedField",
          "name": "videoViews3s",
          "plural": false,
          "selections": (v22/*:: as any*/),
          "storageKey": null
        },
        {
          "alias": null,
          "args": null,
          "concreteType": "NumberChange",
          "kind": "LinkedField",
          "name": "videoPlays25",
          "plural": false,
          "selections": (v22/*:: as any*/),
          "storageKey": null
        },
        {
          "alias": null,
          "args": null,
          "concreteType": "NumberChange",
          "kind": "LinkedField",
          "name": "videoPlays50",
          "plural": false,
          "selections": (v22/*:: as any*/),
          "storageKey": null
        },
        {
          "alias": null,
          "args": null,
          "concreteType": "NumberChange",
          "kind": "LinkedField",
          "name": "videoPlays75",
          "plural": false,
          "selections": (v22/*:: as any*/),
          "storageKey": null
        },
        {
          "alias": null,
          "args": null,
          "concreteType": "NumberChange",
          "kind": "LinkedField",
          "name": "videoPlays95",
          "plural": false,
          "selections": (v22/*:: as any*/),
          "storageKey": null
        },
        {
          "alias": null,
          "args": null,
          "concreteType": "NumberChange",
          "kind": "LinkedField",
          "name": "videoCompletions",
          "plural": false,
          "selections": (v22/*:: as any*/),
          "storageKey": null
        },
        {
          "alias": null,
          "args": null,
          "concreteType": "MoneyChange",
          "kind": "LinkedField",
          "name": "cpv",
          "plural": false,
          "selections": (v22/*:: as any*/),
          "storageKey": null
        },
        {
          "alias": null,
          "args": null,
          "concreteType": "NumberChange",
          "kind": "LinkedField",
          "name": "videoCompletionRate",
          "plural": false,
          "selections": (v22/*:: as any*/),
          "storageKey": null
        }
      ]
    }
  ],
  "storageKey": null
},
v24 = {
  "condition": "trend",
  "kind": "Condition",
  "passingValue": true,
  "selections": [
    {
      "alias": null,
      "args": [
        {
          "kind": "Literal",
          "name": "granularity",
          "value": "DAY"
        }
      ],
      "concreteType": "MetricsBucket",
      "kind": "LinkedField",
      "name": "series",
      "plural": true,
      "selections": [
        {
          "alias": null,
          "args": null,
          "concreteType": "MetricValues",
          "kind": "LinkedField",
          "name": "values",
          "plural": false,
          "selections": [
            (v20/*:: as any*/)
          ],
          "storageKey": null
        }
      ],
      "storageKey": "series(granularity:\"DAY\")"
    }
  ]
},
v25 = [
  (v15/*:: as any*/),
  (v14/*:: as any*/)
];
return {
  "fragment": {
    "argumentDefinitions": [
      (v0/*:: as any*/),
      (v1/*:: as any*/),
      (v2/*:: as any*/),
      (v3/*:: as any*/),
      (v4/*:: as any*/),
      (v5/*:: as any*/),
      (v6/*:: as any*/),
      (v7/*:: as any*/),
      (v8/*:: as any*/),
      (v9/*:: as any*/),
      (v10/*:: as any*/),
      (v11/*:: as any*/),
      (v12/*:: as any*/)
    ],
    "kind": "Fragment",
    "metadata": null,
    "name": "AdsQuery",
    "selections": [
      {
        "alias": null,
        "args": null,
        "concreteType": "Viewer",
        "kind": "LinkedField",
        "name": "viewer",
        "plural": false,
        "selections": [
          {
            "args": null,
            "kind": "FragmentSpread",
            "name": "Shell_viewer"
          }
        ],
        "storageKey": null
      },
      {
        "kind": "CatchField",
        "field": {
          "alias": null,
          "args": (v13/*:: as any*/),
          "concreteType": "Advertiser",
          "kind": "LinkedField",
          "name": "advertiser",
          "plural": false,
          "selections": [
            {
              "args": null,
              "kind": "FragmentSpread",
              "name": "Shell_advertiser"
            },
            {
              "args": null,
              "kind": "FragmentSpread",
              "name": "Ads_list"
            }
          ],
          "storageKey": null
        },
        "to": "RESULT"
      }
    ],
    "type": "Query",
    "abstractKey": null
  },
  "kind": "Request",
  "operation": {
    "argumentDefinitions": [
      (v0/*:: as any*/),
      (v7/*:: as any*/),
      (v1/*:: as any*/),
      (v6/*:: as any*/),
      (v8/*:: as any*/),
      (v9/*:: as any*/),
      (v2/*:: as any*/),
      (v4/*:: as any*/),
      (v5/*:: as any*/),
      (v10/*:: as any*/),
      (v3/*:: as any*/),
      (v12/*:: as any*/),
      (v11/*:: as any*/)
    ],
    "kind": "Operation",
    "name": "AdsQuery",
    "selections": [
      {
        "alias": null,
        "args": null,
        "concreteType": "Viewer",
        "kind": "LinkedField",
        "name": "viewer",
        "plural": false,
        "selections": [
          (v14/*:: as any*/)
        ],
        "storageKey": null
      },
      {
        "alias": null,
        "args": (v13/*:: as any*/),
        "concreteType": "Advertiser",
        "kind": "LinkedField",
        "name": "advertiser",
        "plural": false,
        "selections": [
          (v15/*:: as any*/),
          (v14/*:: as any*/),
          {
            "alias": null,
            "args": null,
            "kind": "ScalarField",
            "name": "country",
            "storageKey": null
          },
          {
            "alias": null,
            "args": null,
            "kind": "ScalarField",
            "name": "currency",
            "storageKey": null
          },
          (v16/*:: as any*/),
          (v17/*:: as any*/),
          {
            "alias": null,
            "args": null,
            "kind": "ScalarField",
            "name": "viewerCanViewCampaigns",
            "storageKey": null
          },
          {
            "alias": null,
            "args": null,
            "kind": "ScalarField",
            "name": "viewerCanEditCampaigns",
            "storageKey": null
          },
          {
            "alias": null,
            "args": null,
            "kind": "ScalarField",
            "name": "viewerCanViewBilling",
            "storageKey": null
          },
          {
            "alias": null,
            "args": null,
            "kind": "ScalarField",
            "name": "viewerCanViewMembers",
            "storageKey": null
          },
          {
            "alias": null,
            "args": [
              {
                "kind": "Literal",
                "name": "first",
                "value": 1
              }
            ],
            "concreteType": "NotificationConnection",
            "kind": "LinkedField",
            "name": "notifications",
            "plural": false,
            "selections": [
              {
                "alias": null,
                "args": null,
                "kind": "ScalarField",
                "name": "unreadCount",
                "storageKey": null
              }
            ],
            "storageKey": "notifications(first:1)"
          },
          {
            "alias": null,
            "args": [
              {
                "kind": "Variable",
                "name": "after",
                "variableName": "after"
              },
              {
                "kind": "Variable",
                "name": "filter",
                "variableName": "filter"
              },
              {
                "kind": "Variable",
                "name": "first",
                "variableName": "first"
              },
              {
                "kind": "Variable",
                "name": "orderBy",
                "variableName": "orderBy"
              },
              {
                "kind": "Variable",
                "name": "report",
                "variableName": "report"
              }
            ],
            "concreteType": "AdConnection",
            "kind": "LinkedField",
            "name": "ads",
            "plural": false,
            "selections": [
              {
                "alias": null,
                "args": null,
                "kind": "ScalarField",
                "name": "totalCount",
                "storageKey": null
              },
              {
                "alias": null,
                "args": null,
                "concreteType": "AdFacets",
                "kind": "LinkedField",
                "name": "facets",
                "plural": false,
                "selections": [
                  {
                    "alias": null,
                    "args": null,
                    "concreteType": "Facet",
                    "kind": "LinkedField",
                    "name": "status",
                    "plural": true,
                    "selections": (v18/*:: as any*/),
                    "storageKey": null
                  },
                  {
                    "alias": null,
                    "args": null,
                    "concreteType": "Facet",
                    "kind": "LinkedField",
                    "name": "review",
                    "plural": true,
                    "selections": (v18/*:: as any*/),
                    "storageKey": null
                  },
                  {
                    "alias": null,
                    "args": null,
                    "concreteType": "Facet",
                    "kind": "LinkedField",
                    "name": "creativeType",
                    "plural": true,
                    "selections": (v18/*:: as any*/),
                    "storageKey": null
                  }
                ],
                "storageKey": null
              },
              {
                "alias": null,
                "args": null,
                "concreteType": "PageInfo",
                "kind": "LinkedField",
                "name": "pageInfo",
                "plural": false,
                "selections": [
                  {
                    "alias": null,
                    "args": null,
                    "kind": "ScalarField",
                    "name": "hasNextPage",
                    "storageKey": null
                  },
                  {
                    "alias": null,
                    "args": null,
                    "kind": "ScalarField",
                    "name": "endCursor",
                    "storageKey": null
                  }
                ],
                "storageKey": null
              },
              {
                "alias": null,
                "args": null,
                "concreteType": "MetricsReport",
                "kind": "LinkedField",
                "name": "totals",
                "plural": false,
                "selections": [
                  {
                    "alias": null,
                    "args": null,
                    "concreteType": "MetricsContext",
                    "kind": "LinkedField",
                    "name": "context",
                    "plural": false,
                    "selections": [
                      {
                        "alias": null,
                        "args": null,
                        "kind": "ScalarField",
                        "name": "from",
                        "storageKey": null
                      },
                      {
                        "alias": null,
                        "args": null,
                        "kind": "ScalarField",
                        "name": "to",
                        "storageKey": null
                      },
                      {
                        "alias": null,
                        "args": null,
                        "kind": "ScalarField",
                        "name": "previousFrom",
                        "storageKey": null
                      },
                      {
                        "alias": null,
                        "args": null,
                        "kind": "ScalarField",
                        "name": "previousTo",
                        "storageKey": null
                      },
                      (v16/*:: as any*/),
                      {
                        "alias": null,
                        "args": null,
                        "kind": "ScalarField",
                        "name": "dataAsOf",
                        "storageKey": null
                      },
                      {
                        "alias": null,
                        "args": null,
                        "kind": "ScalarField",
                        "name": "conversionsFinalThrough",
                        "storageKey": null
                      },
                      {
                        "alias": null,
                        "args": null,
                        "kind": "ScalarField",
                        "name": "isPartial",
                        "storageKey": null
                      }
                    ],
                    "storageKey": null
                  },
                  (v21/*:: as any*/),
                  (v23/*:: as any*/),
                  (v24/*:: as any*/)
                ],
                "storageKey": null
              },
              {
                "alias": null,
                "args": null,
                "concreteType": "AdEdge",
                "kind": "LinkedField",
                "name": "edges",
                "plural": true,
                "selections": [
                  {
                    "alias": null,
                    "args": null,
                    "concreteType": "Ad",
                    "kind": "LinkedField",
                    "name": "node",
                    "plural": false,
                    "selections": [
                      (v15/*:: as any*/),
                      {
                        "alias": "adName",
                        "args": null,
                        "kind": "ScalarField",
                        "name": "name",
                        "storageKey": null
                      },
                      (v17/*:: as any*/),
                      {
                        "alias": null,
                        "args": null,
                        "kind": "ScalarField",
                        "name": "version",
                        "storageKey": null
                      },
                      {
                        "alias": null,
                        "args": null,
                        "kind": "ScalarField",
                        "name": "updatedAt",
                        "storageKey": null
                      },
                      {
                        "alias": null,
                        "args": null,
                        "kind": "ScalarField",
                        "name": "creativeType",
                        "storageKey": null
                      },
                      {
                        "alias": null,
                        "args": null,
                        "kind": "ScalarField",
                        "name": "destinationUrl",
                        "storageKey": null
                      },
                      {
                        "alias": null,
                        "args": null,
                        "concreteType": "Delivery",
                        "kind": "LinkedField",
                        "name": "delivery",
                        "plural": false,
                        "selections": [
                          (v17/*:: as any*/),
                          {
                            "alias": null,
                            "args": null,
                            "concreteType": "DeliveryReason",
                            "kind": "LinkedField",
                            "name": "reasons",
                            "plural": true,
                            "selections": [
                              {
                                "alias": null,
                                "args": null,
                                "kind": "ScalarField",
                                "name": "code",
                                "storageKey": null
                              },
                              {
                                "alias": null,
                                "args": null,
                                "kind": "ScalarField",
                                "name": "message",
                                "storageKey": null
                              }
                            ],
                            "storageKey": null
                          }
                        ],
                        "storageKey": null
                      },
                      {
                        "alias": null,
                        "args": null,
                        "concreteType": "Review",
                        "kind": "LinkedField",
                        "name": "review",
                        "plural": false,
                        "selections": [
                          (v17/*:: as any*/),
                          {
                            "alias": null,
                            "args": null,
                            "kind": "ScalarField",
                            "name": "rejectedReasons",
                            "storageKey": null
                          }
                        ],
                        "storageKey": null
                      },
                      {
                        "alias": null,
                        "args": null,
                        "concreteType": "Pin",
                        "kind": "LinkedField",
                        "name": "pin",
                        "plural": false,
                        "selections": [
                          (v15/*:: as any*/),
                          {
                            "alias": null,
                            "args": null,
                            "kind": "ScalarField",
                            "name": "title",
                            "storageKey": null
                          },
                          {
                            "alias": null,
                            "args": null,
                            "kind": "ScalarField",
                            "name": "isDeleted",
                            "storageKey": null
                          }
                        ],
                        "storageKey": null
                      },
                      {
                        "alias": null,
                        "args": null,
                        "concreteType": "AdGroup",
                        "kind": "LinkedField",
                        "name": "adGroup",
                        "plural": false,
                        "selections": (v25/*:: as any*/),
                        "storageKey": null
                      },
                      {
                        "alias": null,
                        "args": null,
                        "concreteType": "Campaign",
                        "kind": "LinkedField",
                        "name": "campaign",
                        "plural": false,
                        "selections": (v25/*:: as any*/),
                        "storageKey": null
                      }
                    ],
                    "storageKey": null
                  },
                  {
                    "alias": null,
                    "args": null,
                    "concreteType": "MetricsReport",
                    "kind": "LinkedField",
                    "name": "metrics",
                    "plural": false,
                    "selections": [
                      (v21/*:: as any*/),
                      (v23/*:: as any*/),
                      (v24/*:: as any*/)
                    ],
                    "storageKey": null
                  }
                ],
                "storageKey": null
              }
            ],
            "storageKey": null
          }
        ],
        "storageKey": null
      }
    ]
  },
  "params": {
    "id": "171f65f0771cd7041ccb8260d015b5dc042814bfc8577712b8d0459191827de0",
    "metadata": {},
    "name": "AdsQuery",
    "operationKind": "query",
    "text": null
  }
};
})();

(node as any).hash = "0fa21c035cbb27266d86f405aed51764";

export default node;
