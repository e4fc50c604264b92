/**
 * @generated SignedSource<<3c55e5a4316411f47fd9d727395c2375>>
 * @relayHash 78109743ac60bcd3ca905275da80316f
 * @lightSyntaxTransform
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

// @relayRequestID 305625b0a30fe9c90041c40593660ec7aef3c4059af7cc64905d025bde63d250

import { ConcreteRequest } from 'relay-runtime';
import { Result } from "relay-runtime";
export type AdvertiserField = "ID" | "NAME" | "%future added value";
export type AdvertiserStatus = "ACTIVE" | "DISABLED" | "%future added value";
export type Comparison = "PREVIOUS_PERIOD" | "SAME_WEEKDAYS_LAST_YEAR" | "%future added value";
export type DatePreset = "LAST_14_DAYS" | "LAST_30_DAYS" | "LAST_7_DAYS" | "LAST_MONTH" | "THIS_MONTH" | "TODAY" | "YESTERDAY" | "%future added value";
export type Direction = "ASC" | "DESC" | "%future added value";
export type MetricName = "ADD_TO_CARTS" | "AVERAGE_ORDER_VALUE" | "CHECKOUTS" | "CHECKOUT_CONVERSION_RATE" | "CHECKOUT_VALUE" | "CONVERSIONS" | "COST_PER_CHECKOUT" | "COST_PER_LEAD" | "COST_PER_OUTBOUND_CLICK" | "CPC" | "CPE" | "CPM" | "CPV" | "CTR" | "EARNED_IMPRESSIONS" | "EARNED_PIN_CLICKS" | "ENGAGEMENTS" | "ENGAGEMENT_RATE" | "FREQUENCY" | "IMPRESSIONS" | "LEADS" | "OUTBOUND_CLICKS" | "OUTBOUND_CTR" | "PAGE_VISITS" | "PAID_CTR" | "PAID_IMPRESSIONS" | "PAID_PIN_CLICKS" | "PIN_CLICKS" | "REACH" | "ROAS" | "SAVES" | "SAVE_RATE" | "SIGNUPS" | "SPEND" | "VIDEO_COMPLETIONS" | "VIDEO_COMPLETION_RATE" | "VIDEO_PLAYS_25" | "VIDEO_PLAYS_50" | "VIDEO_PLAYS_75" | "VIDEO_PLAYS_95" | "VIDEO_STARTS" | "VIDEO_VIEWS_2S" | "VIDEO_VIEWS_3S" | "%future added value";
export type MetricOrderOf = "DIFFERENCE" | "PREVIOUS" | "%future added value";
export type ReportTime = "AD_ACTION" | "CONVERSION" | "%future added value";
export type Role = "ADMIN" | "ANALYST" | "AUDIENCE_MANAGER" | "CAMPAIGN_MANAGER" | "CATALOGS_MANAGER" | "FINANCE_MANAGER" | "OWNER" | "%future added value";
export type Verdict = "BAD" | "GOOD" | "NEUTRAL" | "%future added value";
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
export type AdvertiserOrder = {
  direction: Direction;
  field?: AdvertiserField | null | undefined;
  metric?: MetricName | null | undefined;
  of?: MetricOrderOf | null | undefined;
};
export type AccountsQuery$variables = {
  orderBy: AdvertiserOrder;
  report: ReportInput;
  search?: string | null | undefined;
};
export type AccountsQuery$data = {
  readonly viewer: {
    readonly advertisers: Result<{
      readonly edges: ReadonlyArray<{
        readonly metrics: {
          readonly change: {
            readonly checkouts: {
              readonly percent: number | null | undefined;
              readonly verdict: Verdict;
            } | null | undefined;
            readonly ctr: {
              readonly percent: number | null | undefined;
              readonly verdict: Verdict;
            } | null | undefined;
            readonly impressions: {
              readonly percent: number | null | undefined;
              readonly verdict: Verdict;
            } | null | undefined;
            readonly pinClicks: {
              readonly percent: number | null | undefined;
              readonly verdict: Verdict;
            } | null | undefined;
            readonly roas: {
              readonly percent: number | null | undefined;
              readonly verdict: Verdict;
            } | null | undefined;
            readonly spend: {
              readonly percent: number | null | undefined;
              readonly verdict: Verdict;
            } | null | undefined;
          } | null | undefined;
          readonly series: ReadonlyArray<{
            readonly values: {
              readonly spend: {
                readonly amount: string;
              };
            };
          }> | null | undefined;
          readonly total: {
            readonly checkouts: number;
            readonly ctr: number | null | undefined;
            readonly impressions: number;
            readonly pinClicks: number;
            readonly roas: number | null | undefined;
            readonly spend: {
              readonly amount: string;
            };
          };
        } | null | undefined;
        readonly node: {
          readonly country: string;
          readonly currency: string;
          readonly id: string;
          readonly name: string;
          readonly status: AdvertiserStatus;
          readonly timeZone: string;
          readonly viewerRoles: ReadonlyArray<Role>;
        };
      }>;
      readonly totalCount: number | null | undefined;
    } | null | undefined, unknown>;
    readonly email: string | null | undefined;
    readonly name: string | null | undefined;
  };
};
export type AccountsQuery = {
  response: AccountsQuery$data;
  variables: AccountsQuery$variables;
};

const node: ConcreteRequest = (function(){
var v0 = {
  "defaultValue": null,
  "kind": "LocalArgument",
  "name": "orderBy"
},
v1 = {
  "defaultValue": null,
  "kind": "LocalArgument",
  "name": "report"
},
v2 = {
  "defaultValue": null,
  "kind": "LocalArgument",
  "name": "search"
},
v3 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "name",
  "storageKey": null
},
v4 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "email",
  "storageKey": null
},
v5 = {
  "alias": null,
  "args": null,
  "concreteType": "Money",
  "kind": "LinkedField",
  "name": "spend",
  "plural": false,
  "selections": [
    {
      "alias": null,
      "args": null,
      "kind": "ScalarField",
      "name": "amount",
      "storageKey": null
    }
  ],
  "storageKey": null
},
v6 = [
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
v7 = {
  "alias": null,
  "args": [
    {
      "kind": "Literal",
      "name": "first",
      "value": 100
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
    },
    {
      "kind": "Variable",
      "name": "search",
      "variableName": "search"
    }
  ],
  "concreteType": "AdvertiserConnection",
  "kind": "LinkedField",
  "name": "advertisers",
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
      "concreteType": "AdvertiserEdge",
      "kind": "LinkedField",
      "name": "edges",
      "plural": true,
      "selections": [
        {
          "alias": null,
          "args": null,
          "concreteType": "Advertiser",
          "kind": "LinkedField",
          "name": "node",
          "plural": false,
          "selections": [
            {
              "alias": null,
              "args": null,
              "kind": "ScalarField",
              "name": "id",
              "storageKey": null
            },
            (v3/*:: as any*/),
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
            {
              "alias": null,
              "args": null,
              "kind": "ScalarField",
              "name": "timeZone",
              "storageKey": null
            },
            {
              "alias": null,
              "args": null,
              "kind": "ScalarField",
              "name": "status",
              "storageKey": null
            },
            {
              "alias": null,
              "args": null,
              "kind": "ScalarField",
              "name": "viewerRoles",
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
            {
              "alias": null,
              "args": null,
              "concreteType": "MetricValues",
              "kind": "LinkedField",
              "name": "total",
              "plural": false,
              "selections": [
                (v5/*:: as any*/),
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
                  "name": "ctr",
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
                  "kind": "ScalarField",
                  "name": "roas",
                  "storageKey": null
                }
              ],
              "storageKey": null
            },
            {
              "alias": null,
              "args": null,
              "concreteType": "MetricChanges",
              "kind": "LinkedField",
              "name": "change",
              "plural": false,
              "selections": [
                {
                  "alias": null,
                  "args": null,
                  "concreteType": "MoneyChange",
                  "kind": "LinkedField",
                  "name": "spend",
                  "plural": false,
                  "selections": (v6/*:: as any*/),
                  "storageKey": null
                },
                {
                  "alias": null,
                  "args": null,
                  "concreteType": "NumberChange",
                  "kind": "LinkedField",
                  "name": "impressions",
                  "plural": false,
                  "selections": (v6/*:: as any*/),
                  "storageKey": null
                },
                {
                  "alias": null,
                  "args": null,
                  "concreteType": "NumberChange",
                  "kind": "LinkedField",
                  "name": "pinClicks",
                  "plural": false,
                  "selections": (v6/*:: as any*/),
                  "storageKey": null
                },
                {
                  "alias": null,
                  "args": null,
                  "concreteType": "NumberChange",
                  "kind": "LinkedField",
                  "name": "ctr",
                  "plural": false,
                  "selections": (v6/*:: as any*/),
                  "storageKey": null
                },
                {
                  "alias": null,
                  "args": null,
                  "concreteType": "NumberChange",
                  "kind": "LinkedField",
                  "name": "checkouts",
                  "plural": false,
                  "selections": (v6/*:: as any*/),
                  "storageKey": null
                },
                {
                  "alias": null,
                  "args": null,
                  "concreteType": "NumberChange",
                  "kind": "LinkedField",
                  "name": "roas",
                  "plural": false,
                  "selections": (v6/*:: as any*/),
                  "storageKey": null
                }
              ],
              "storageKey": null
            },
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
                    (v5/*:: as any*/)
                  ],
                  "storageKey": null
                }
              ],
              "storageKey": "series(granularity:\"DAY\")"
            }
          ],
          "storageKey": null
        }
      ],
      "storageKey": null
    }
  ],
  "storageKey": null
};
return {
  "fragment": {
    "argumentDefinitions": [
      (v0/*:: as any*/),
      (v1/*:: as any*/),
      (v2/*:: as any*/)
    ],
    "kind": "Fragment",
    "metadata": null,
    "name": "AccountsQuery",
    "selections": [
      {
        "alias": null,
        "args": null,
        "concreteType": "Viewer",
        "kind": "LinkedField",
        "name": "viewer",
        "plural": false,
        "selections": [
          (v3/*:: as any*/),
          (v4/*:: as any*/),
          {
            "kind": "CatchField",
            "field": (v7/*:: as any*/),
            "to": "RESULT"
          }
        ],
        "storageKey": null
      }
    ],
    "type": "Query",
    "abstractKey": null
  },
  "kind": "Request",
  "operation": {
    "argumentDefinitions": [
      (v2/*:: as any*/),
      (v1/*:: as any*/),
      (v0/*:: as any*/)
    ],
    "kind": "Operation",
    "name": "AccountsQuery",
    "selections": [
      {
        "alias": null,
        "args": null,
        "concreteType": "Viewer",
        "kind": "LinkedField",
        "name": "viewer",
        "plural": false,
        "selections": [
          (v3/*:: as any*/),
          (v4/*:: as any*/),
          (v7/*:: as any*/)
        ],
        "storageKey": null
      }
    ]
  },
  "params": {
    "id": "305625b0a30fe9c90041c40593660ec7aef3c4059af7cc64905d025bde63d250",
    "metadata": {},
    "name": "AccountsQuery",
    "operationKind": "query",
    "text": null
  }
};
})();

(node as any).hash = "a701116d1ca22974752d89f205ee0510";

export default node;
