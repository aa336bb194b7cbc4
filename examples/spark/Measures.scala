import org.apache.hadoop.fs.Path
import org.apache.spark.graphx.{Edge, Graph, VertexId}
import org.apache.spark.rdd.RDD
import org.apache.spark.sql.{DataFrame, SparkSession}
import org.apache.spark.sql.functions.{coalesce, col, concat, desc, lit, when}

/** PageRank, connected components and communities of an exported network, by GraphX on Apache Spark.
  *
  *     tipgraph export partnership/ --network partnership
  *     spark-submit --master spark://HOST:7077 measures.jar partnership measures
  *
  * Both folders may lie wherever Spark reads and writes. `measures/parquet` and `measures/csv` hold a row for each node.
  * How the network is read, and what equals what in networkx, is in README.md. GraphX comes with every Spark. Its own label
  * propagation breaks equal votes by the order of a hash table, so ours is used here.
  */
object Measures {
  private val Reset = 0.15 // of PageRank: 1 - damping
  private val Tolerance = 1e-6 // of PageRank, in parts of what an average node has
  private val Rounds = 20 // of label propagation
  private val Checkpoint = 10L // rounds: each round remembers those before it, up to the last one kept on disk
  private val Runs = "^(?:\\s*[=+\\-@＝＋－＠]|[\\t\\n])" // what a spreadsheet would run as a formula

  private type Node = (String, String) // IRI, label
  private case class Tie(from: VertexId, to: VertexId, directed: Boolean, weight: Int)

  def main(words: Array[String]): Unit = words match {
    case Array(folder, out) =>
      val spark = SparkSession.builder().appName("tipgraph measures")
        .config("spark.graphx.pregel.checkpointInterval", Checkpoint).getOrCreate()
      val scratch = new Path(s"$out/_checkpoints")
      spark.sparkContext.setCheckpointDir(scratch.toString)
      try write(measure(spark, folder), out)
      finally {
        scratch.getFileSystem(spark.sparkContext.hadoopConfiguration).delete(scratch, true)
        spark.stop()
      }
    case _ =>
      System.err.println("spark-submit … measures.jar FOLDER OUT: what `tipgraph export FOLDER/` wrote, and a new folder")
      sys.exit(2)
  }

  /** Measure an exported network: a row for each node, its component and its community named by one of their nodes. */
  private def measure(spark: SparkSession, folder: String): DataFrame = {
    import spark.implicits._
    val known = nodes(spark, folder).persist()
    val found = ties(spark, folder, known).persist()
    val names = known.mapValues { case (iri, _) => iri }
    known
      .join(shares(known, found))
      .join(named(components(known, found), names))
      .join(named(communities(known, found), names))
      .map { case (_, ((((iri, label), rank), component), community)) => (iri, label, rank, component, community) }
      .toDF("iri", "label", "pagerank", "component", "community")
      .orderBy(desc("pagerank"), col("iri"))
      .persist()
  }

  /** Read the nodes, numbered in the order of their IRIs, so that the same network gives the same answer. */
  private def nodes(spark: SparkSession, folder: String): RDD[(VertexId, Node)] =
    spark.read.parquet(s"$folder/nodes").select("iri", "label").orderBy("iri").rdd.zipWithIndex().map {
      case (row, number) => (number, (row.getString(0), row.getString(1)))
    }

  /** Read the edges, each with its weight or 1; those from a node to itself are left out. */
  private def ties(spark: SparkSession, folder: String, nodes: RDD[(VertexId, Node)]): RDD[Tie] = {
    import spark.implicits._
    val numbers = nodes.map { case (number, (iri, _)) => (iri, number) }
    spark.read.parquet(s"$folder/edges").where("`from` <> `to`")
      .join(numbers.toDF("from", "start"), "from").join(numbers.toDF("to", "end"), "to")
      .select(col("start"), col("end"), col("directed"), coalesce(col("weight"), lit(1))).rdd
      .map(row => Tie(row.getLong(0), row.getLong(1), row.getBoolean(2), row.getInt(3)))
  }

  /** PageRank as shares that add up to 1: a tie without direction runs both ways, one of weight 2 is two. */
  private def shares(nodes: RDD[(VertexId, Node)], ties: RDD[Tie]): RDD[(VertexId, Double)] = {
    val arcs = ties.flatMap { tie =>
      val back = if (tie.directed) None else Some(Edge(tie.to, tie.from, ()))
      (Edge(tie.from, tie.to, ()) +: back.toSeq).flatMap(Seq.fill(tie.weight)(_))
    }
    val ranks = Graph(nodes, arcs).pageRank(Tolerance, Reset).vertices.persist()
    val total = ranks.values.sum()
    ranks.mapValues(_ / total)
  }

  /** The component of each node, whatever the direction of ties, as the first of its nodes. */
  private def components(nodes: RDD[(VertexId, Node)], ties: RDD[Tie]): RDD[(VertexId, VertexId)] =
    undirected(nodes, ties).connectedComponents().vertices

  /** The community of each node by label propagation, whatever the direction of ties.
    *
    * All nodes choose at once; of labels with as many votes the last in order wins. Each node has a vote of its own, too:
    * without it, two who have only each other would swap their labels for ever.
    */
  private def communities(nodes: RDD[(VertexId, Node)], ties: RDD[Tie]): RDD[(VertexId, VertexId)] =
    undirected(nodes, ties).mapVertices((number, _) => number)
      .pregel(Map.empty[VertexId, Long], Rounds)(
        (_, label, votes) => if (votes.isEmpty) label else most(add(votes, Map(label -> 1L))),
        tie => Iterator((tie.srcId, Map(tie.dstAttr -> tie.attr)), (tie.dstId, Map(tie.srcAttr -> tie.attr))),
        add
      ).vertices

  private def undirected(nodes: RDD[(VertexId, Node)], ties: RDD[Tie]): Graph[Node, Long] =
    Graph(nodes, ties.map(tie => Edge(tie.from, tie.to, tie.weight.toLong)))

  private def add(some: Map[VertexId, Long], others: Map[VertexId, Long]): Map[VertexId, Long] =
    others.foldLeft(some) { case (sum, (label, votes)) => sum.updated(label, sum.getOrElse(label, 0L) + votes) }

  private def most(votes: Map[VertexId, Long]): VertexId = votes.maxBy { case (label, number) => (number, label) }._1

  /** Name groups, which are numbered by one of their nodes, by its IRI. */
  private def named(groups: RDD[(VertexId, VertexId)], names: RDD[(VertexId, String)]): RDD[(VertexId, String)] =
    groups.map(_.swap).join(names).values

  /** Write measures as Parquet, and as CSV in which no label runs as a formula. */
  private def write(measures: DataFrame, out: String): Unit = {
    measures.write.parquet(s"$out/parquet")
    val label = when(col("label").rlike(Runs), concat(lit("'"), col("label"))).otherwise(col("label"))
    val exact = Map("escape" -> "\"", "ignoreLeadingWhiteSpace" -> "false", "ignoreTrailingWhiteSpace" -> "false")
    measures.withColumn("label", label).write.options(exact ++ Map("header" -> "true", "quoteAll" -> "true"))
      .csv(s"$out/csv")
  }
}
