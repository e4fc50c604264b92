/**
 * @generated SignedSource<<320bde4635fb19b5c5750a14cbcb3129>>
 * @relayHash cb5893d9e809aba03e79d1ebe87211ea
 * @lightSyntaxTransform
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

// @relayRequestID 843c3751626e7ce40c07630897e9b216ba68cf8219233dc0b843e6359e115ca2

import { ConcreteRequest } from 'relay-runtime';
export type RecommendationState = "APPLIED" | "DISMISSED" | "OPEN" | "%future added value";
export type UpdateRecommendationsInput = {
  advertiserId: string;
  ids: ReadonlyArray<string>;
  state: RecommendationState;
};
export type NotificationsAdviceMutation$variables = {
  input: UpdateRecommendationsInput;
};
export type NotificationsAdviceMutation$data = {
  readonly updateRecommendations: {
    readonly recommendations: ReadonlyArray<{
      readonly id: string;
      readonly state: RecommendationState;
    } | null | undefined>;
    readonly userErrors: ReadonlyArray<{
      readonly message: string;
    }>;
  } | null | undefined;
};
export type NotificationsAdviceMutation = {
  response: NotificationsAdviceMutation$data;
  variables: NotificationsAdviceMutation$variables;
};

const node: ConcreteRequest = (function(){
var v0 = [
  {
    "defaultValue": null,
    "kind": "LocalArgument",
    "name": "input"
  }
],
v1 = [
  {
    "alias": null,
    "args": [
      {
        "kind": "Variable",
        "name": "input",
        "variableName": "input"
      }
    ],
    "concreteType": "UpdateRecommendationsPayload",
    "kind": "LinkedField",
    "name": "updateRecommendations",
    "plural": false,
    "selections": [
      {
        "alias": null,
        "args": null,
        "concreteType": "Recommendation",
        "kind": "LinkedField",
        "name": "recommendations",
        "plural": true,
        "selections": [
          {
            "alias": null,
            "args": null,
            "kind": "ScalarField",
            "name": "id",
            "storageKey": null
          },
          {
            "alias": null,
            "args": null,
            "kind": "ScalarField",
            "name": "state",
            "storageKey": null
          }
        ],
        "storageKey": null
      },
      {
        "alias": null,
        "args": null,
        "concreteType": "UserError",
        "kind": "LinkedField",
        "name": "userErrors",
        "plural": true,
        "selections": [
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
  }
];
return {
  "fragment": {
    "argumentDefinitions": (v0/*:: as any*/),
    "kind": "Fragment",
    "metadata": null,
    "name": "NotificationsAdviceMutation",
    "selections": (v1/*:: as any*/),
    "type": "Mutation",
    "abstractKey": null
  },
  "kind": "Request",
  "operation": {
    "argumentDefinitions": (v0/*:: as any*/),
    "kind": "Operation",
    "name": "NotificationsAdviceMutation",
    "selections": (v1/*:: as any*/)
  },
  "params": {
    "id": "843c3751626e7ce40c07630897e9b216ba68cf8219233dc0b843e6359e115ca2",
    "metadata": {},
    "name": "NotificationsAdviceMutation",
    "operationKind": "mutation",
    "text": null
  }
};
})();

(node as any).hash = "db70fc29dfd80b070300bc0b3946cf23";

export default node;
