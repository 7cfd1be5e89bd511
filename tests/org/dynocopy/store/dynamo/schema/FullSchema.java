package org.dynocopy.store.dynamo.schema;

/** Two schemas with all that CreateTable takes, since no one table has it all. */
final class FullSchema {

  static final String ON_DEMAND =
      """
      {
        "CreateTable" : {
          "AttributeDefinitions" : [ {
            "AttributeName" : "id",
            "AttributeType" : "S"
          }, {
            "AttributeName" : "tenant",
            "AttributeType" : "S"
          }, {
            "AttributeName" : "region",
            "AttributeType" : "S"
          }, {
            "AttributeName" : "year",
            "AttributeType" : "N"
          }, {
            "AttributeName" : "day",
            "AttributeType" : "B"
          } ],
          "KeySchema" : [ {
            "AttributeName" : "id",
            "KeyType" : "HASH"
          } ],
          "GlobalSecondaryIndexes" : [ {
            "IndexName" : "byTenant",
            "KeySchema" : [ {
              "AttributeName" : "tenant",
              "KeyType" : "HASH"
            }, {
              "AttributeName" : "region",
              "KeyType" : "HASH"
            }, {
              "AttributeName" : "year",
              "KeyType" : "RANGE"
            }, {
              "AttributeName" : "day",
              "KeyType" : "RANGE"
            } ],
            "Projection" : {
              "ProjectionType" : "INCLUDE",
              "NonKeyAttributes" : [ "mail", "name" ]
            },
            "OnDemandThroughput" : {
              "MaxReadRequestUnits" : 30,
              "MaxWriteRequestUnits" : 40
            },
            "WarmThroughput" : {
              "ReadUnitsPerSecond" : 13000,
              "WriteUnitsPerSecond" : 5000
            }
          } ],
          "BillingMode" : "PAY_PER_REQUEST",
          "StreamSpecification" : {
            "StreamEnabled" : true,
            "StreamViewType" : "NEW_IMAGE"
          },
          "SSESpecification" : {
            "Enabled" : true,
            "SSEType" : "KMS",
            "KMSMasterKeyId" : "arn:aws:kms:eu-west-1:111122223333:key/1"
          },
          "Tags" : [ {
            "Key" : "team",
            "Value" : "a"
          }, {
            "Key" : "stage",
            "Value" : ""
          } ],
          "TableClass" : "STANDARD_INFREQUENT_ACCESS",
          "DeletionProtectionEnabled" : true,
          "WarmThroughput" : {
            "ReadUnitsPerSecond" : 12000,
            "WriteUnitsPerSecond" : 4000
          },
          "OnDemandThroughput" : {
            "MaxReadRequestUnits" : 100,
            "MaxWriteRequestUnits" : 200
          },
          "VectorIndexes" : [ {
            "IndexName" : "bySense",
            "VectorAttribute" : {
              "AttributeName" : "sense"
            },
            "SearchSchema" : [ {
              "AttributeName" : "tenant",
              "SearchSchemaElementType" : "FILTER"
            } ],
            "Projection" : {
              "ProjectionType" : "ALL"
            },
            "Dimensions" : 256,
            "DistanceFunction" : "COSINE"
          } ]
        },
        "TimeToLiveSpecification" : {
          "Enabled" : true,
          "AttributeName" : "expires"
        },
        "PointInTimeRecoverySpecification" : {
          "PointInTimeRecoveryEnabled" : true,
          "RecoveryPeriodInDays" : 7
        }
      }
      """;

  static final String PROVISIONED =
      """
      {
        "CreateTable" : {
          "AttributeDefinitions" : [ {
            "AttributeName" : "id",
            "AttributeType" : "S"
          }, {
            "AttributeName" : "at",
            "AttributeType" : "N"
          }, {
            "AttributeName" : "mail",
            "AttributeType" : "S"
          } ],
          "KeySchema" : [ {
            "AttributeName" : "id",
            "KeyType" : "HASH"
          }, {
            "AttributeName" : "at",
            "KeyType" : "RANGE"
          } ],
          "LocalSecondaryIndexes" : [ {
            "IndexName" : "perMail",
            "KeySchema" : [ {
              "AttributeName" : "id",
              "KeyType" : "HASH"
            }, {
              "AttributeName" : "mail",
              "KeyType" : "RANGE"
            } ],
            "Projection" : {
              "ProjectionType" : "KEYS_ONLY"
            }
          } ],
          "GlobalSecondaryIndexes" : [ {
            "IndexName" : "byMail",
            "KeySchema" : [ {
              "AttributeName" : "mail",
              "KeyType" : "HASH"
            } ],
            "Projection" : {
              "ProjectionType" : "ALL"
            },
            "ProvisionedThroughput" : {
              "ReadCapacityUnits" : 3,
              "WriteCapacityUnits" : 4
            }
          } ],
          "BillingMode" : "PROVISIONED",
          "ProvisionedThroughput" : {
            "ReadCapacityUnits" : 1,
            "WriteCapacityUnits" : 2
          }
        },
        "Notes" : [ "tags: the endpoint does not tell (no)" ]
      }
      """;

  private FullSchema() {}

  static Schema onDemand() {
    return Schema.parse("on-demand.json", ON_DEMAND);
  }

  static Schema provisioned() {
    return Schema.parse("provisioned.json", PROVISIONED);
  }
}
