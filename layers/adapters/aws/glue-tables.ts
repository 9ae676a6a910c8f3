/** Tables of the catalog that live as long as one query. */
import { BatchDeleteTableCommand, CreateTableCommand, type GlueClient } from '@aws-sdk/client-glue'
import type { TableColumn } from '#core/ports.ts'
import { athenaType } from './athena-sql.ts'

const HIVE = 'org.apache.hadoop.hive.ql.io.parquet'

export class GlueTables {
  private readonly client: Pick<GlueClient, 'send'>
  private readonly database: string

  constructor(client: Pick<GlueClient, 'send'>, database: string) {
    this.client = client
    this.database = database
  }

  /** `location`: `s3://bucket/folder/`, of Parquet objects alone. A column that an object lacks reads as null there. */
  async create(name: string, columns: readonly TableColumn[], location: string): Promise<void> {
    await this.client.send(
      new CreateTableCommand({
        DatabaseName: this.database,
        TableInput: {
          Name: name,
          TableType: 'EXTERNAL_TABLE',
          Parameters: { EXTERNAL: 'TRUE', classification: 'parquet' },
          StorageDescriptor: {
            Location: location,
            Columns: columns.map((column) => ({ Name: column.name, Type: hiveType(column) })),
            InputFormat: `${HIVE}.MapredParquetInputFormat`,
            OutputFormat: `${HIVE}.MapredParquetOutputFormat`,
            SerdeInfo: { SerializationLibrary: `${HIVE}.serde.ParquetHiveSerDe` },
          },
        },
      }),
    )
  }

  /** One that is not there is no matter. */
  async delete(names: readonly string[]): Promise<void> {
    if (names.length === 0) return
    const { Errors = [] } = await this.client.send(
      new BatchDeleteTableCommand({ DatabaseName: this.database, TablesToDelete: [...names] }),
    )
    const [other] = Errors.filter(({ ErrorDetail }) => ErrorDetail?.ErrorCode !== 'EntityNotFoundException')
    if (other !== undefined)
      throw new Error(`${other.TableName} stays in the catalog: ${other.ErrorDetail?.ErrorMessage}`)
  }
}

/** Hive calls text otherwise than Athena's own SQL does; the others are alike. */
const hiveType = ({ type }: TableColumn): string => (athenaType(type) === 'varchar' ? 'string' : athenaType(type))
