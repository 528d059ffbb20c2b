// How a contraction nest is run on a machine: register tile, panels, parts. Chosen from shapes, the
// machine's vectors and its caches alone, and stored in the plan's `choices`.
//
// A register tile is `tileRows` rows times `tileVectors` vectors of columns; its accumulators stay
// in registers over the whole depth. The columns' side is read in panels [depth][panelColumns]:
// packed at compile time if it is constant, packed into scratch when a part begins if it is large
// or lies across, and in place otherwise.
#pragma once

#include "Cpu/Contraction/Nest.h"
#include "Cpu/Machine.h"
#include "Graph/Target.h"

namespace dlc {

struct ContractionSchedule {
  /// The loop that lies on lanes (ContractionNest::columns).
  int64_t columns = -1;
  int64_t lanes = 1, tileRows = 1, tileVectors = 1;
  /// Row tiles of one part, and how many such parts there are; likewise tiles of columns.
  int64_t rowTilesPerPart = 1, rowParts = 1, columnTilesPerPart = 1, columnParts = 1;
  /// Parts that follow one another share rows and not columns; within a part each tile of rows runs
  /// over all its tiles of columns, and not the other way.
  bool rowsOutside = false, rowsFirst = false;
  /// The next packed panel is fetched ahead.
  bool prefetches = false;
  /// The columns' side is copied into scratch first, a tile of columns at a time.
  bool stagesColumns = false;
  /// Steps of the outermost reduction after which accumulators go to scratch, so that the rows and
  /// the panel of so many steps stay in the second cache until all tiles of the part have used
  /// them; 0: all steps at once. The order of additions is the same.
  int64_t depthBlock = 0;
  /// The accumulators go to scratch, and a loop over rows does the rest: else the code of a long
  /// end would be there for each of them.
  bool loopsOverEnd = false;
  /// Columns of a panel, and the operand that is packed into panels at compile time (-1: none).
  int64_t panelColumns = 0, packedOperand = -1;
  /// The operand with its loops as dimensions, and their order in the packed form: `packOuter`
  /// outer loops, the columns (cut into panels), the reductions, and then a panel's columns.
  llvm::SmallVector<int64_t> packShape, packOrder;
  int64_t packOuter = 0;

  int64_t tileColumns() const { return lanes * tileVectors; }

  static ContractionSchedule of(const ContractionNest &, const Machine &);
  mlir::DictionaryAttr attribute(mlir::MLIRContext *) const;
  static ContractionSchedule from(mlir::DictionaryAttr);
};

/// The columns' side is contiguous along the innermost reduction, and not along the columns.
bool liesAcross(const ContractionNest &);
/// It is turned on its way into a panel, and computed or widened before.
bool turnsThroughScratch(const ContractionNest &, const ContractionSchedule &);

/// Elements of the panels of a part, where columns are staged.
int64_t panelElements(const ContractionNest &, const ContractionSchedule &);
/// Bytes of scratch that a slot needs: panels, then the accumulators of a tile, or of all tiles of
/// rows of a part where the depth is cut, then a square that is turned.
int64_t panelBytes(const ContractionNest &, const ContractionSchedule &);
int64_t sumRows(const ContractionSchedule &);
int64_t squareStart(const ContractionNest &, const ContractionSchedule &);
int64_t scratchBytes(const ContractionNest &, const ContractionSchedule &);
/// Parts of the kernel: outer loops, parts of columns, parts of rows.
int64_t partCount(const ContractionNest &, const ContractionSchedule &);

} // namespace dlc
