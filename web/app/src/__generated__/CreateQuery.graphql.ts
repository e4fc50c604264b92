/**
 * @generated SignedSource<<a2b468c3c7522d800aed4dd22ef55952>>
 * @relayHash d80ee9200e2732475b77648b69a889d8
 * @lightSyntaxTransform
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

// @relayRequestID 9df068cdabee7110351539d67d085ffe66f62e3a961befd399406813571e538a

import { ConcreteRequest } from 'relay-runtime';
import { FragmentRefs, Result } from "relay-runtime";
export type BidStrategy = "AUTOMATIC_BID" | "MAX_BID" | "TARGET_AVG" | "%future added value";
export type BillableEvent = "CLICKTHROUGH" | "IMPRESSION" | "VIDEO_V_50_MRC" | "%future added value";
export type BudgetType = "CBO_ADGROUP" | "DAILY" | "LIFETIME" | "%future added value";
export type CampaignObjective = "AWARENESS" | "CATALOG_SALES" | "CONSIDERATION" | "VIDEO_COMPLETION" | "WEB_CONVERSION" | "%future added value";
export type CreativeType = "CAROUSEL" | "COLLAGE" | "COLLECTION" | "IDEA" | "MAX_VIDEO" | "QUIZ" | "REGULAR" | "SHOPPING" | "SHOWCASE" | "VIDEO" | "%future added value";
export type EntityStatus = "ACTIVE" | "ARCHIVED" | "DELETED_DRAFT" | "DRAFT" | "PAUSED" | "%future added value";
export type Pacing = "ACCELERATED" | "STANDARD" | "%future added value";
export type Placement = "ALL" | "BROWSE" | "OTHER" | "SEARCH" | "%future added value";
export type UserErrorCode = "ALREADY_INVITED" | "ALREADY_MEMBER" | "AMOUNT_INVALID" | "BID_BELOW_FLOOR" | "CHILD_REQUIRED" | "DATE_INVALID" | "DRAFT_ONLY" | "DUPLICATE_ID" | "EMAIL_INVALID" | "END_REQUIRED" | "FINAL_STATUS" | "INVITATION_CLOSED" | "LABEL_LIMIT" | "LAST_OWNER" | "NAME_INVALID" | "NAME_TAKEN" | "NOTHING_TO_CHANGE" | "NOT_ALLOWED" | "NOT_FOUND" | "OPTION_NOT_ALLOWED" | "PARENT_ARCHIVED" | "PARENT_INVALID" | "PLAN_STALE" | "REQUIRED" | "ROLE_NOT_ALLOWED" | "SCHEDULE_ORDER" | "SCHEDULE_OUTSIDE_PARENT" | "SCHEDULE_PAST" | "SCREEN_INVALID" | "SPEC_INVALID" | "STALE_VERSION" | "STATUS_NOT_ALLOWED" | "TARGETING_INVALID" | "TOO_MANY_AD_GROUPS" | "URL_INVALID" | "%future added value";
export type NewCampaign = {
  adGroups?: ReadonlyArray<NewAdGroup>;
  budgetMicros?: string | null | undefined;
  budgetType?: BudgetType | null | undefined;
  endAt?: string | null | undefined;
  name: string;
  objective: CampaignObjective;
  startAt?: string | null | undefined;
  status?: EntityStatus;
};
export type NewAdGroup = {
  ads?: ReadonlyArray<NewAd>;
  bidMicros?: string | null | undefined;
  bidStrategy?: BidStrategy;
  billableEvent?: BillableEvent | null | undefined;
  budgetMicros?: string | null | undefined;
  budgetType?: BudgetType;
  endAt?: string | null | undefined;
  name: string;
  pacing?: Pacing;
  placement?: Placement;
  startAt?: string | null | undefined;
  targeting?: TargetingInput | null | undefined;
};
export type TargetingInput = {
  ageBuckets?: ReadonlyArray<string>;
  audienceIds?: ReadonlyArray<string>;
  devices?: ReadonlyArray<string>;
  excludedAudienceIds?: ReadonlyArray<string>;
  genders?: ReadonlyArray<string>;
  interests?: ReadonlyArray<string>;
  locations?: ReadonlyArray<string>;
};
export type NewAd = {
  destinationUrl?: string | null | undefined;
  name?: string | null | undefined;
  pinId: string;
};
export type CreateQuery$variables = {
  account: string;
  campaign: NewCampaign;
  name: string;
  named: boolean;
};
export type CreateQuery$data = {
  readonly advertiser: Result<{
    readonly audiences: Result<{
      readonly edges: ReadonlyArray<{
        readonly node: {
          readonly id: string;
          readonly name: string;
          readonly size: number | null | undefined;
        };
      }>;
    } | null | undefined, unknown>;
    readonly currency: string;
    readonly drafts: Result<{
      readonly edges: ReadonlyArray<{
        readonly node: {
          readonly id: string;
          readonly name: string;
          readonly objective: CampaignObjective;
          readonly updatedAt: string;
        };
      }>;
    } | null | undefined, unknown>;
    readonly pins: Result<{
      readonly edges: ReadonlyArray<{
        readonly node: {
          readonly creativeType: CreativeType;
          readonly id: string;
          readonly isDeleted: boolean;
          readonly title: string;
        };
      }>;
    } | null | undefined, unknown>;
    readonly timeZone: string;
    readonly viewerCanEditCampaigns: boolean;
    readonly " $fragmentSpreads": FragmentRefs<"Shell_advertiser">;
  } | null | undefined, unknown>;
  readonly campaignCheck: Result<ReadonlyArray<{
    readonly code: UserErrorCode;
    readonly message: string;
    readonly path: ReadonlyArray<string>;
  }> | null | undefined, unknown>;
  readonly namesakes?: Result<number | null | undefined, unknown>;
  readonly objectiveOptions: ReadonlyArray<{
    readonly bidStrategies: ReadonlyArray<BidStrategy>;
    readonly canHoldBudget: boolean;
    readonly creativeTypes: ReadonlyArray<CreativeType>;
    readonly needsDestination: boolean;
    readonly objective: CampaignObjective;
  }>;
  readonly targetingOptions: {
    readonly ageBuckets: ReadonlyArray<{
      readonly label: string;
      readonly value: string;
    }>;
    readonly devices: ReadonlyArray<{
      readonly label: string;
      readonly value: string;
    }>;
    readonly genders: ReadonlyArray<{
      readonly label: string;
      readonly value: string;
    }>;
    readonly interests: ReadonlyArray<{
      readonly label: string;
      readonly value: string;
    }>;
    readonly locations: ReadonlyArray<{
      readonly label: string;
      readonly value: string;
    }>;
  };
  readonly viewer: {
    readonly " $fragmentSpreads": FragmentRefs<"Shell_viewer">;
  };
};
export type CreateQuery = {
  response: CreateQuery$data;
  variables: CreateQuery$variables;
};

const node: ConcreteRequest = (function(){
var v0 = [
  {
    "defaultValue": null,
    "kind": "LocalArgument",
    "name": "account"
  },
  {
    "defaultValue": null,
    "kind": "LocalArgument",
    "name": "campaign"
  },
  {
    "defaultValue": null,
    "kind": "LocalArgument",
    "name": "name"
  },
  {
    "defaultValue": null,
    "kind": "LocalArgument",
    "name": "named"
  }
],
v1 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "objective",
  "storageKey": null
},
v2 = {
  "alias": null,
  "args": null,
  "concreteType": "ObjectiveOptions",
  "kind": "LinkedField",
  "name": "objectiveOptions",
  "plural": true,
  "selections": [
    (v1/*:: as any*/),
    {
      "alias": null,
      "args": null,
      "kind": "ScalarField",
      "name": "canHoldBudget",
      "storageKey": null
    },
    {
      "alias": null,
      "args": null,
      "kind": "ScalarField",
      "name": "bidStrategies",
      "storageKey": null
    },
    {
      "alias": null,
      "args": null,
      "kind": "ScalarField",
      "name": "creativeTypes",
      "storageKey": null
    },
    {
      "alias": null,
      "args": null,
      "kind": "ScalarField",
      "name": "needsDestination",
      "storageKey": null
    }
  ],
  "storageKey": null
},
v3 = [
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
    "name": "label",
    "storageKey": null
  }
],
v4 = {
  "alias": null,
  "args": null,
  "concreteType": "TargetingOptions",
  "kind": "LinkedField",
  "name": "targetingOptions",
  "plural": false,
  "selections": [
    {
      "alias": null,
      "args": null,
      "concreteType": "TargetingChoice",
      "kind": "LinkedField",
      "name": "locations",
      "plural": true,
      "selections": (v3/*:: as any*/),
      "storageKey": null
    },
    {
      "alias": null,
      "args": null,
      "concreteType": "TargetingChoice",
      "kind": "LinkedField",
      "name": "ageBuckets",
      "plural": true,
      "selections": (v3/*:: as any*/),
      "storageKey": null
    },
    {
      "alias": null,
      "args": null,
      "concreteType": "TargetingChoice",
      "kind": "LinkedField",
      "name": "genders",
      "plural": true,
      "selections": (v3/*:: as any*/),
      "storageKey": null
    },
    {
      "alias": null,
      "args": null,
      "concreteType": "TargetingChoice",
      "kind": "LinkedField",
      "name": "interests",
      "plural": true,
      "selections": (v3/*:: as any*/),
      "storageKey": null
    },
    {
      "alias": null,
      "args": null,
      "concreteType": "TargetingChoice",
      "kind": "LinkedField",
      "name": "devices",
      "plural": true,
      "selections": (v3/*:: as any*/),
      "storageKey": null
    }
  ],
  "storageKey": null
},
v5 = {
  "kind": "Variable",
  "name": "advertiserId",
  "variableName": "account"
},
v6 = {
  "alias": null,
  "args": [
    (v5/*:: as any*/),
    {
      "kind": "Variable",
      "name": "campaign",
      "variableName": "campaign"
    }
  ],
  "concreteType": "UserError",
  "kind": "LinkedField",
  "name": "campaignCheck",
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
      "name": "path",
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
},
v7 = {
  "alias": null,
  "args": [
    (v5/*:: as any*/),
    {
      "kind": "Literal",
      "name": "level",
      "value": "CAMPAIGN"
    },
    {
      "kind": "Variable",
      "name": "name",
      "variableName": "name"
    }
  ],
  "kind": "ScalarField",
  "name": "namesakes",
  "storageKey": null
},
v8 = [
  {
    "kind": "Variable",
    "name": "id",
    "variableName": "account"
  }
],
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
  "name": "viewerCanEditCampaigns",
  "storageKey": null
},
v12 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "id",
  "storageKey": null
},
v13 = {
  "alias": null,
  "args": [
    {
      "kind": "Literal",
      "name": "first",
      "value": 24
    }
  ],
  "concreteType": "PinConnection",
  "kind": "LinkedField",
  "name": "pins",
  "plural": false,
  "selections": [
    {
      "alias": null,
      "args": null,
      "concreteType": "PinEdge",
      "kind": "LinkedField",
      "name": "edges",
      "plural": true,
      "selections": [
        {
          "alias": null,
          "args": null,
          "concreteType": "Pin",
          "kind": "LinkedField",
          "name": "node",
          "plural": false,
          "selections": [
            (v12/*:: as any*/),
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
              "name": "creativeType",
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
        }
      ],
      "storageKey": null
    }
  ],
  "storageKey": "pins(first:24)"
},
v14 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "name",
  "storageKey": null
},
v15 = {
  "alias": null,
  "args": [
    {
      "kind": "Literal",
      "name": "filter",
      "value": {
        "status": [
          "READY"
        ]
      }
    },
    {
      "kind": "Literal",
      "name": "first",
      "value": 50
    },
    {
      "kind": "Literal",
      "name": "orderBy",
      "value": {
        "direction": "ASC",
        "field": "NAME"
      }
    }
  ],
  "concreteType": "AudienceConnection",
  "kind": "LinkedField",
  "name": "audiences",
  "plural": false,
  "selections": [
    {
      "alias": null,
      "args": null,
      "concreteType": "AudienceEdge",
      "kind": "LinkedField",
      "name": "edges",
      "plural": true,
      "selections": [
        {
          "alias": null,
          "args": null,
          "concreteType": "Audience",
          "kind": "LinkedField",
          "name": "node",
          "plural": false,
          "selections": [
            (v12/*:: as any*/),
            (v14/*:: as any*/),
            {
              "alias": null,
              "args": null,
              "kind": "ScalarField",
              "name": "size",
              "storageKey": null
            }
          ],
          "storageKey": null
        }
      ],
      "storageKey": null
    }
  ],
  "storageKey": "audiences(filter:{\"status\":[\"READY\"]},first:50,orderBy:{\"direction\":\"ASC\",\"field\":\"NAME\"})"
},
v16 = {
  "alias": "drafts",
  "args": [
    {
      "kind": "Literal",
      "name": "filter",
      "value": {
        "status": [
          "DRAFT"
        ]
      }
    },
    {
      "kind": "Literal",
      "name": "first",
      "value": 5
    },
    {
      "kind": "Literal",
      "name": "orderBy",
      "value": {
        "direction": "DESC",
        "field": "UPDATED_AT"
      }
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
            (v12/*:: as any*/),
            (v14/*:: as any*/),
            (v1/*:: as any*/),
            {
              "alias": null,
              "args": null,
              "kind": "ScalarField",
              "name": "updatedAt",
              "storageKey": null
            }
          ],
          "storageKey": null
        }
      ],
      "storageKey": null
    }
  ],
  "storageKey": "campaigns(filter:{\"status\":[\"DRAFT\"]},first:5,orderBy:{\"direction\":\"DESC\",\"field\":\"UPDATED_AT\"})"
};
return {
  "fragment": {
    "argumentDefinitions": (v0/*:: as any*/),
    "kind": "Fragment",
    "metadata": null,
    "name": "CreateQuery",
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
      (v2/*:: as any*/),
      (v4/*:: as any*/),
      {
        "kind": "CatchField",
        "field": (v6/*:: as any*/),
        "to": "RESULT"
      },
      {
        "condition": "named",
        "kind": "Condition",
        "passingValue": true,
        "selections": [
          {
            "kind": "CatchField",
            "field": (v7/*:: as any*/),
            "to": "RESULT"
          }
        ]
      },
      {
        "kind": "CatchField",
        "field": {
          "alias": null,
          "args": (v8/*:: as any*/),
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
            (v9/*:: as any*/),
            (v10/*:: as any*/),
            (v11/*:: as any*/),
            {
              "kind": "CatchField",
              "field": (v13/*:: as any*/),
              "to": "RESULT"
            },
            {
              "kind": "CatchField",
              "field": (v15/*:: as any*/),
              "to": "RESULT"
            },
            {
              "kind": "CatchField",
              "field": (v16/*:: as any*/),
              "to": "RESULT"
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
    "argumentDefinitions": (v0/*:: as any*/),
    "kind": "Operation",
    "name": "CreateQuery",
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
      (v2/*:: as any*/),
      (v4/*:: as any*/),
      (v6/*:: as any*/),
      {
        "condition": "named",
        "kind": "Condition",
        "passingValue": true,
        "selections": [
          (v7/*:: as any*/)
        ]
      },
      {
        "alias": null,
        "args": (v8/*:: as any*/),
        "concreteType": "Advertiser",
        "kind": "LinkedField",
        "name": "advertiser",
        "plural": false,
        "selections": [
          (v12/*:: as any*/),
          (v14/*:: as any*/),
          {
            "alias": null,
            "args": null,
            "kind": "ScalarField",
            "name": "country",
            "storageKey": null
          },
          (v9/*:: as any*/),
          (v10/*:: as any*/),
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
            "name": "viewerCanViewCampaigns",
            "storageKey": null
          },
          (v11/*:: as any*/),
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
          (v13/*:: as any*/),
          (v15/*:: as any*/),
          (v16/*:: as any*/)
        ],
        "storageKey": null
      }
    ]
  },
  "params": {
    "id": "9df068cdabee7110351539d67d085ffe66f62e3a961befd399406813571e538a",
    "metadata": {},
    "name": "CreateQuery",
    "operationKind": "query",
    "text": null
  }
};
})();

(node as any).hash = "890263d1469d09ecb4d36953707efddc";

export default node;
