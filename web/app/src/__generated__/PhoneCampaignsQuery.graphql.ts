/**
 * @generated SignedSource<<ba566af8885bfdb6cef7b45a374335d3>>
 * @relayHash 2f008f6fb31e48c3edc685e60f926cff
 * @lightSyntaxTransform
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

// @relayRequestID 6228596f662ed048ed32436e7ea4a0850b757e6820445da16fc9c28b2557c01a

import { ConcreteRequest } from 'relay-runtime';
import { FragmentRefs, Result } from "relay-runtime";
export type CampaignField = "BUDGET" | "CREATED_AT" | "END_AT" | "ID" | "NAME" | "OBJECTIVE" | "START_AT" | "STATUS" | "UPDATED_AT" | "%future added value";
export type CampaignObjective = "AWARENESS" | "CATALOG_SALES" | "CONSIDERATION" | "VIDEO_COMPLETION" | "WEB_CONVERSION" | "%future added value";
export type Comparison = "PREVIOUS_PERIOD" | "SAME_WEEKDAYS_LAST_YEAR" | "%future added value";
export type DatePreset = "LAST_14_DAYS" | "LAST_30_DAYS" | "LAST_7_DAYS" | "LAST_MONTH" | "THIS_MONTH" | "TODAY" | "YESTERDAY" | "%future added value";
export type DeliveryStatus = "ADVERTISER_DISABLED" | "ARCHIVED" | "COMPLETED" | "DELETED_DRAFT" | "DRAFT" | "NOT_DELIVERING" | "NOT_STARTED" | "PAUSED" | "PENDING" | "REJECTED" | "RUNNING" | "%future added value";
export type Direction = "ASC" | "DESC" | "%future added value";
export type EntityStatus = "ACTIVE" | "ARCHIVED" | "DELETED_DRAFT" | "DRAFT" | "PAUSED" | "%future added value";
export type MetricName = "ADD_TO_CARTS" | "AVERAGE_ORDER_VALUE" | "CHECKOUTS" | "CHECKOUT_CONVERSION_RATE" | "CHECKOUT_VALUE" | "CONVERSIONS" | "COST_PER_CHECKOUT" | "COST_PER_LEAD" | "COST_PER_OUTBOUND_CLICK" | "CPC" | "CPE" | "CPM" | "CPV" | "CTR" | "EARNED_IMPRESSIONS" | "EARNED_PIN_CLICKS" | "ENGAGEMENTS" | "ENGAGEMENT_RATE" | "FREQUENCY" | "IMPRESSIONS" | "LEADS" | "OUTBOUND_CLICKS" | "OUTBOUND_CTR" | "PAGE_VISITS" | "PAID_CTR" | "PAID_IMPRESSIONS" | "PAID_PIN_CLICKS" | "PIN_CLICKS" | "REACH" | "ROAS" | "SAVES" | "SAVE_RATE" | "SIGNUPS" | "SPEND" | "VIDEO_COMPLETIONS" | "VIDEO_COMPLETION_RATE" | "VIDEO_PLAYS_25" | "VIDEO_PLAYS_50" | "VIDEO_PLAYS_75" | "VIDEO_PLAYS_95" | "VIDEO_STARTS" | "VIDEO_VIEWS_2S" | "VIDEO_VIEWS_3S" | "%future added value";
export type MetricOrderOf = "DIFFERENCE" | "PREVIOUS" | "%future added value";
export type ReportTime = "AD_ACTION" | "CONVERSION" | "%future added value";
export type CampaignFilter = {
  delivery?: ReadonlyArray<DeliveryStatus> | null | undefined;
  ids?: ReadonlyArray<string> | null | undefined;
  labelIds?: ReadonlyArray<string> | null | undefined;
  metrics?: ReadonlyArray<MetricThreshold> | null | undefined;
  nameContains?: string | null | undefined;
  objective?: ReadonlyArray<CampaignObjective> | null | undefined;
  status?: ReadonlyArray<EntityStatus> | null | undefined;
};
export type MetricThreshold = {
  max?: number | null | undefined;
  metric: MetricName;
  min?: number | null | undefined;
};
export type CampaignOrder = {
  direction: Direction;
  field?: CampaignField | null | undefined;
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
export type PhoneCampaignsQuery$variables = {
  account: string;
  after?: string | null | undefined;
  filter?: CampaignFilter | null | undefined;
  first: number;
  orderBy?: CampaignOrder | null | undefined;
  report: ReportInput;
};
export type PhoneCampaignsQuery$data = {
  readonly advertiser: Result<{
    readonly " $fragmentSpreads": FragmentRefs<"PhoneCampaigns_list" | "Shell_advertiser">;
  } | null | undefined, unknown>;
  readonly viewer: {
    readonly " $fragmentSpreads": FragmentRefs<"Shell_viewer">;
  };
};
export type PhoneCampaignsQuery = {
  response: PhoneCampaignsQuery$data;
  variables: PhoneCampaignsQuery$variables;
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
  "name": "filter"
},
v3 = {
  "defaultValue": null,
  "kind": "LocalArgument",
  "name": "first"
},
v4 = {
  "defaultValue": null,
  "kind": "LocalArgument",
  "name": "orderBy"
},
v5 = {
  "defaultValue": null,
  "kind": "LocalArgument",
  "name": "report"
},
v6 = [
  {
    "kind": "Variable",
    "name": "id",
    "variableName": "account"
  }
],
v7 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "name",
  "storageKey": null
},
v8 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "id",
  "storageKey": null
},
v9 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "currency",
  "storageKey": null
},
v10 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "timeZone",
  "storageKey": null
},
v11 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "status",
  "storageKey": null
},
v12 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "amount",
  "storageKey": null
},
v13 = {
  "alias": null,
  "args": null,
  "concreteType": "Money",
  "kind": "LinkedField",
  "name": "spend",
  "plural": false,
  "selections": [
    (v12/*:: as any*/)
  ],
  "storageKey": null
},
v14 = [
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
];
return {
  "fragment": {
    "argumentDefinitions": [
      (v0/*:: as any*/),
      (v1/*:: as any*/),
      (v2/*:: as any*/),
      (v3/*:: as any*/),
      (v4/*:: as any*/),
      (v5/*:: as any*/)
    ],
    "kind": "Fragment",
    "metadata": null,
    "name": "PhoneCampaignsQuery",
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
          "args": (v6/*:: as any*/),
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
              "name": "PhoneCampaigns_list"
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
      (v3/*:: as any*/),
      (v1/*:: as any*/),
      (v2/*:: as any*/),
      (v4/*:: as any*/),
      (v5/*:: as any*/)
    ],
    "kind": "Operation",
    "name": "PhoneCampaignsQuery",
    "selections": [
      {
        "alias": null,
        "args": null,
        "concreteType": "Viewer",
        "kind": "LinkedField",
        "name": "viewer",
        "plural": false,
        "selections": [
          (v7/*:: as any*/)
        ],
        "storageKey": null
      },
      {
        "alias": null,
        "args": (v6/*:: as any*/),
        "concreteType": "Advertiser",
        "kind": "LinkedField",
        "name": "advertiser",
        "plural": false,
        "selections": [
          (v8/*:: as any*/),
          (v7/*:: as any*/),
          {
            "alias": null,
            "args": null,
            "kind": "ScalarField",
            "name": "country",
            "storageKey": null
          },
          (v9/*:: as any*/),
          (v10/*:: as any*/),
          (v11/*:: as any*/),
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
            "concreteType": "CampaignConnection",
            "kind": "LinkedField",
            "name": "campaigns",
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
                "concreteType": "CampaignFacets",
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
                    "selections": [
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
                      (v10/*:: as any*/),
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
                  }
                ],
                "storageKey": null
              },
              {
                "alias": null,
                "args": null,
                "concreteType": "CampaignEdge",
                "kind": "LinkedField",
                "name": "edges",
                "plural": true,
                "selections": [
                  {
                    "alias": null,
                    "args": null,
                    "concreteType": "Campaign",
                    "kind": "LinkedField",
                    "name": "node",
                    "plural": false,
                    "selections": [
                      (v8/*:: as any*/),
                      (v7/*:: as any*/),
                      (v11/*:: as any*/),
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
                        "concreteType": "Delivery",
                        "kind": "LinkedField",
                        "name": "delivery",
                        "plural": false,
                        "selections": [
                          (v11/*:: as any*/),
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
                        "concreteType": "Budget",
                        "kind": "LinkedField",
                        "name": "budget",
                        "plural": false,
                        "selections": [
                          {
                            "alias": null,
                            "args": null,
                            "kind": "ScalarField",
                            "name": "type",
                            "storageKey": null
                          },
                          {
                            "alias": null,
                            "args": null,
                            "concreteType": "Money",
                            "kind": "LinkedField",
                            "name": "amount",
                            "plural": false,
                            "selections": [
                              {
                                "alias": null,
                                "args": null,
                                "kind": "ScalarField",
                                "name": "micros",
                                "storageKey": null
                              },
                              (v12/*:: as any*/),
                              (v9/*:: as any*/)
                            ],
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
                          (v13/*:: as any*/),
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
                            "selections": (v14/*:: as any*/),
                            "storageKey": null
                          },
                          {
                            "alias": null,
                            "args": null,
                            "concreteType": "NumberChange",
                            "kind": "LinkedField",
                            "name": "roas",
                            "plural": false,
                            "selections": (v14/*:: as any*/),
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
                              (v13/*:: as any*/)
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
          }
        ],
        "storageKey": null
      }
    ]
  },
  "params": {
    "id": "6228596f662ed048ed32436e7ea4a0850b757e6820445da16fc9c28b2557c01a",
    "metadata": {},
    "name": "PhoneCampaignsQuery",
    "operationKind": "query",
    "text": null
  }
};
})();

(node as any).hash = "7f3061ee36af0f9f1d6552d634d8b885";

export default node;
